/**
 * The data of the page: plain JSON, or packed, which the browser unpacks by itself.
 */

/**
 * Give the data to `use`: at once where they are plain, else when they are unpacked.
 * @param {(data: any) => void} use
 */
function readData(use) {
  const block = document.getElementById("geomap-data");
  const text = (block && block.textContent) || "{}";
  if (!block || block.getAttribute("type") === "application/json") use(JSON.parse(text));
  else unpack(text).then(use, tooOld);
}

/**
 * @param {string} text a raw DEFLATE stream in Base64
 * @returns {Promise<any>}
 */
async function unpack(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.codePointAt(i) ?? 0;
  // Older descriptions of browsers, by which types are checked, do not know of it.
  const unpacker = new (/** @type {any} */ (window).DecompressionStream)("deflate-raw");
  const stream = new Blob([bytes]).stream().pipeThrough(unpacker);
  return await new Response(stream).json();
}

/** Say why there is no map: the browser is older than 2023. */
function tooOld(/** @type {unknown} */ error) {
  const words = document.getElementById("geomap-words"), counts = document.getElementById("counts");
  if (words && counts) counts.textContent = JSON.parse(words.textContent || "{}")["data.packed"];
  throw error;
}
