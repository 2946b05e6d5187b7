/**
 * The state of the view in the page's address, so that a link restores it. Everything read from it
 * is checked: an address can be written by anyone.
 *
 * @typedef {Object} View
 * @property {FilterState} filter
 * @property {string} order
 * @property {string} view one of VIEWS
 * @property {boolean} sized
 * @property {string | null} event
 * @property {{lat: number, lon: number, zoom: number} | null} position
 * @property {boolean} embed shown inside another page
 * @property {string[] | null} layers switched on; null: as the build set them
 */

const VIEWS = ["map", "table", "report"];

/** @param {View} view @returns {string} */
function writeAddress(view) {
  const parts = new URLSearchParams();
  const { filter, position } = view;
  if (position) parts.set("at", `${trim(position.zoom, 2)}/${trim(position.lat, 4)}/${trim(position.lon, 4)}`);
  if (filter.query.trim()) parts.set("q", filter.query);
  if (filter.types.size) parts.set("type", [...filter.types].sort().join(","));
  for (const facet of FACETS) {
    if (Object.hasOwn(filter.chosen, facet.key)) parts.set(facet.key, filter.chosen[facet.key]);
  }
  if (filter.days) parts.set("days", filter.days.map(dayName).join("/"));
  if (view.order !== "newest") parts.set("sort", view.order);
  if (view.view !== "map") parts.set("view", view.view);
  if (view.embed) parts.set("embed", "1");
  if (!view.sized) parts.set("size", "same");
  if (view.layers) parts.set("layers", view.layers.join(","));
  if (view.event) parts.set("e", view.event);
  return `#${parts}`;
}

/** @param {number} value @param {number} digits @returns {string} */
const trim = (value, digits) => String(Number(value.toFixed(digits)));

/** @param {string} hash @returns {View} */
function readAddress(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const filter = noFilter();
  filter.query = (parts.get("q") || "").slice(0, 500);
  filter.types = new Set((parts.get("type") || "").split(",").filter((type) => Object.hasOwn(TYPES, type)));
  for (const facet of FACETS) {
    const value = parts.get(facet.key);
    if (value !== null && facetValues(facet).has(value)) filter.chosen[facet.key] = value;
  }
  filter.days = readDays(parts.get("days"));
  const order = parts.get("sort") || "newest", event = parts.get("e"), layers = parts.get("layers");
  return {
    filter,
    order: Object.hasOwn(ORDERS, order) ? order : "newest",
    view: VIEWS.find((name) => name === parts.get("view")) || "map",
    embed: parts.get("embed") === "1",
    sized: parts.get("size") !== "same",
    event: event && EVENT_BY_ID.has(event) ? event : null,
    position: readPosition(parts.get("at")),
    layers: layers === null ? null : layers.split(","),
  };
}

/** @param {string | null} text @returns {[number, number] | null} */
function readDays(text) {
  const match = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/.exec(text || "");
  if (!match) return null;
  const first = dayNumber(match[1]), last = dayNumber(match[2]);
  return first <= last ? [first, last] : null;
}

/** @param {string | null} text @returns {{lat: number, lon: number, zoom: number} | null} */
function readPosition(text) {
  const numbers = (text || "").split("/").map(Number);
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  const [zoom, lat, lon] = numbers;
  if (zoom < 0 || zoom > 20 || Math.abs(lat) > 90 || Math.abs(lon) > 360) return null;
  return { zoom, lat, lon };
}

/** @param {Facet} facet @returns {Set<string>} */
function facetValues(facet) {
  return new Set(facetIndex(facet).flat());
}
