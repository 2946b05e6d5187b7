/**
 * What is shown, as files: made in the page, saved by the browser, sent nowhere.
 */

/** @type {string[]} columns of the field table, in its order */
const COLUMNS = DATA.fields || [];

/**
 * @param {EventRow} event
 * @returns {Record<string, any>} every column, null where it is not known
 */
function properties(event) {
  const [lon, lat] = event.point || [null, null];
  const row = /** @type {Record<string, any>} */ ({ ...typeOf(event), ...event, lat, lon });
  const values = Object.fromEntries(COLUMNS.map((name) => [name, row[name] === undefined ? null : row[name]]));
  values.weapons = event.weapons || [];
  values.conflicts = event.conflicts || [];
  values.claims = (event.claims || []).map(claimValues);
  return values;
}

/** @param {Claim} claim @returns {Record<string, any>} */
function claimValues(claim) {
  const source = DOCUMENTS[claim.document];
  return { document_id: source ? source.id : null, publisher: (source && source.publisher) || claim.publisher,
    speaker: claim.speaker, status: claim.status || "reported", quote: claim.quote, start: claim.start, end: endOf(claim) };
}

/** @param {EventRow} event @returns {object | null} RFC 7946 geometry */
function geometry(event) {
  if (event.area === undefined) return event.point ? { type: "Point", coordinates: event.point } : null;
  const shape = /** @type {EncodedShape} */ (DATA.areas[event.area]);
  const flip = (/** @type {number[]} */ steps) => decodeLine(steps).map(([lat, lon]) => [round3(lon), round3(lat)]);
  if (shape.rings.length) return { type: "MultiPolygon", coordinates: shape.rings.map((rings) => rings.map(flip)) };
  return { type: "MultiLineString", coordinates: shape.lines.map(flip) };
}

/** @param {number} degrees @returns {number} */
const round3 = (degrees) => Math.round(degrees * 1000) / 1000;

/** @param {EventRow[]} events @returns {string} */
function toGeoJson(events) {
  const features = events.map((event) =>
    ({ type: "Feature", id: event.id, geometry: geometry(event), properties: properties(event) }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

/** @param {EventRow[]} events @returns {string} RFC 4180, without claims' offsets */
function toCsv(events) {
  const lines = [COLUMNS, ...events.map((event) => {
    const values = properties(event);
    return COLUMNS.map((name) => values[name]);
  })];
  return lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/**
 * A CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe before it.
 * @param {any} value
 * @returns {string}
 */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  let text = typeof value === "object" ? (value.length === 0 ? "" : JSON.stringify(value)) : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}
