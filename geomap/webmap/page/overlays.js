/**
 * What lies around the marks: areas and border lines of events, how far off a point may be, links
 * from parts to the whole, measured distances.
 */

const NO_COLOR = "#6b7580";
const AREA_LIMIT = 400; // shapes drawn at once; more would hide one another anyway

/**
 * @typedef {{areas: any, radii: any, parts: any, distances: any, heat: any, choropleth: any, tiles?: any}} OverlayGroups
 */

/**
 * @param {OverlayGroups} groups folium's feature groups
 * @param {EventRow[]} shown
 */
function drawOverlays(groups, shown) {
  for (const group of [groups.areas, groups.radii, groups.parts]) group.clearLayers();
  const byArea = groupBy(shown.filter((event) => event.area !== undefined), (event) => String(event.area));
  for (const events of [...byArea.values()].slice(0, AREA_LIMIT)) drawArea(groups.areas, events);
  if (shown.length > 2 * AREA_LIMIT) return;
  for (const event of shown) {
    drawRadius(groups.radii, event);
    drawLink(groups.parts, event);
  }
}

/**
 * Draw an area once, in the color of its events' type, or in none where the types differ.
 * @param {any} group
 * @param {EventRow[]} events
 */
function drawArea(group, events) {
  const [first] = events, shape = DATA.areas[/** @type {number} */ (first.area)];
  const color = events.every((event) => event.type === first.type) ? safeColor(typeOf(first).color) : NO_COLOR;
  const className = !shape.rings.length ? "event-line" : first.place_kind === "country" ? "event-area is-wide" : "event-area";
  for (const layer of shapeLayers(shape, { interactive: false, color, fillColor: color, className })) {
    group.addLayer(layer);
    tint(layer, color);
  }
}

/**
 * Hand a type's color to the style sheet, which suits it to light and dark.
 * @param {any} layer a path
 * @param {string} color
 */
function tint(layer, color) {
  const set = () => layer.getElement() && layer.getElement().style.setProperty("--type", color);
  layer.on("add", set);
  set();
}

/** @param {any} group @param {EventRow} event */
function drawRadius(group, event) {
  if (!event.point || event.area !== undefined || !event.radius_km || event.geo_precision === 1) return;
  const color = safeColor(typeOf(event).color);
  const circle = L.circle(unproject(event.x, event.y),
    { radius: event.radius_km * 1000, interactive: false, className: "event-radius", color });
  group.addLayer(circle);
  tint(circle, color);
}

/** @param {any} group @param {EventRow} event */
function drawLink(group, event) {
  const whole = event.parent_id ? EVENT_BY_ID.get(event.parent_id) : undefined;
  if (!whole || !whole.point || !event.point) return;
  if (whole.x === event.x && whole.y === event.y) return;
  group.addLayer(L.polyline([unproject(whole.x, whole.y), unproject(event.x, event.y)],
    { interactive: false, className: "part-link" }));
}

/**
 * @typedef {Object} Distance
 * @property {string} from
 * @property {string} to
 * @property {boolean} border
 * @property {[number, number]} stated
 * @property {boolean} approximate
 * @property {number} [measured] absent, with what follows, where it could not be measured
 * @property {number} [tolerance]
 * @property {string} [dataset]
 * @property {[[number, number], [number, number]]} [line] lon, lat
 * @property {string} verdict
 * @property {string} note
 * @property {string} quote
 * @property {number} document
 */

/** @param {Distance} distance @returns {string} */
function distanceWords(distance) {
  const [low, high] = distance.stated;
  return t(distance.border ? "distance.border" : "distance.label", {
    from: distance.from, to: distance.to, measured: distance.measured === undefined ? "?" : formatNumber(distance.measured),
    stated: low === high ? formatNumber(low) : `${formatNumber(low)}–${formatNumber(high)}`,
  });
}

/** @returns {[number, number][]} lat and lon of everything that the map can show */
function everyPoint() {
  const events = EVENTS.filter((event) => event.point).map((event) => unproject(event.x, event.y));
  const lines = /** @type {Distance[]} */ (DATA.distances || []).flatMap((distance) => distance.line || []);
  return [...events, ...lines.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]))];
}

/** @param {Distance} distance @returns {string} what the measuring rests on */
function datasetWords(distance) {
  return distance.dataset ? t("distance.dataset", { dataset: distance.dataset, tolerance: formatNumber(distance.tolerance || 0) }) : "";
}

const FEW_DISTANCES = 12; // of so many each is labeled at every zoom
const LABELED_PIXELS = 96; // of more only those whose line is longer than the label

/** @typedef {{marker: any, ends: [number, number][]}} DistanceLabel */

/**
 * Lines of measured distances, each with its length on the map and the claim in a popup.
 * @param {any} group
 * @returns {DistanceLabel[]} the labels, which are not on the map yet
 */
function drawDistances(group) {
  /** @type {DistanceLabel[]} */
  const labels = [];
  for (const distance of /** @type {Distance[]} */ (DATA.distances || [])) {
    if (!distance.line || distance.measured === undefined) continue;
    const ends = distance.line.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
    group.addLayer(L.polyline(ends, { className: "distance-line", interactive: false }));
    for (const end of ends) {
      group.addLayer(L.circleMarker(end, { radius: 3, className: "distance-end", interactive: false }));
    }
    const length = `${formatNumber(distance.measured)} km`;
    const marker = L.marker(ends[1], { icon: new DistanceIcon({ text: length, label: distanceWords(distance) }), keyboard: true });
    marker.bindPopup(() => distanceCard(distance), { maxWidth: 300, className: "distance-popup" });
    labels.push({ marker, ends });
  }
  return labels;
}

/**
 * Where there are many distances, those of short lines are labeled from a closer zoom on: they would hide the marks.
 * @param {any} map
 * @param {any} group
 * @param {DistanceLabel[]} labels
 */
function labelDistances(map, group, labels) {
  for (const { marker, ends } of labels) {
    const [from, to] = ends.map((end) => map.project(end));
    if (labels.length <= FEW_DISTANCES || from.distanceTo(to) >= LABELED_PIXELS) group.addLayer(marker);
    else group.removeLayer(marker);
  }
}

/** The label of a distance: an icon as wide as its words. */
const DistanceIcon = L.Icon.extend({
  createIcon() {
    return el("div.distance-icon", { "aria-label": this.options.label }, this.options.text);
  },
  createShadow() {
    return null;
  },
});

/** @param {Distance} distance @returns {HTMLElement} */
function distanceCard(distance) {
  const source = DOCUMENTS[distance.document];
  return el("div.distance-card", null,
    el("p", null, el("strong", null, distanceWords(distance))),
    el("p", null, `${t(`distance.${distance.verdict}`)}: `, own(distance.note)),
    el("p.muted", null, datasetWords(distance)),
    el("blockquote", { dir: "auto" }, distance.quote),
    source && el("p.muted", null, own(source.publisher || source.title || source.id)));
}

const CHOROPLETH_STEPS = 5;

/**
 * Color first-level areas by how many of the events shown lie in them.
 * @param {any} group
 * @param {EventRow[]} shown
 */
function drawChoropleth(group, shown) {
  group.clearLayers();
  /** @type {number[]} */
  const counts = new Array((DATA.districts || []).length).fill(0);
  for (const event of shown) if (event.within !== undefined) counts[event.within] += 1;
  const most = Math.max(...counts, 1);
  counts.forEach((n, i) => {
    if (!n) return;
    const { name, shape } = DATA.districts[i];
    // By the logarithm: one area with most of the events would leave the others without a difference.
    const step = Math.min(CHOROPLETH_STEPS, 1 + Math.floor(Math.log(n) / Math.log(most + 1) * CHOROPLETH_STEPS));
    for (const layer of shapeLayers(shape, { className: `district step-${step}` })) {
      layer.bindTooltip(() => own(t("choropleth.area", { name, n: formatNumber(n) })), { sticky: true });
      group.addLayer(layer);
    }
  });
}
