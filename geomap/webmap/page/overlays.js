/**
 * What lies around the marks: areas and border lines of events, how far off a point may be, links
 * from parts to the whole, measured distances.
 */

const AREA_LIMIT = 400; // shapes drawn at once; more would hide one another anyway

/**
 * @typedef {{areas: any, radii: any, parts: any, distances: any, heat: any, choropleth: any}} OverlayGroups
 */

/**
 * @param {OverlayGroups} groups folium's feature groups
 * @param {EventRow[]} shown
 */
function drawOverlays(groups, shown) {
  for (const group of [groups.areas, groups.radii, groups.parts]) group.clearLayers();
  const drawn = new Set();
  for (const event of shown) {
    if (drawn.size > AREA_LIMIT) break;
    if (event.area === undefined || drawn.has(`${event.area} ${event.type}`)) continue;
    drawn.add(`${event.area} ${event.type}`);
    drawArea(groups.areas, event);
  }
  if (shown.length > 2 * AREA_LIMIT) return;
  for (const event of shown) {
    drawRadius(groups.radii, event);
    drawLink(groups.parts, event);
  }
}

/** @param {any} group @param {EventRow} event */
function drawArea(group, event) {
  const shape = DATA.areas[/** @type {number} */ (event.area)];
  const color = safeColor(typeOf(event).color);
  for (const layer of shapeLayers(shape, { interactive: false, color, fillColor: color, className: "event-area" })) {
    group.addLayer(layer);
  }
}

/** @param {any} group @param {EventRow} event */
function drawRadius(group, event) {
  if (!event.point || event.area !== undefined || !event.radius_km || event.geo_precision === 1) return;
  group.addLayer(L.circle(unproject(event.x, event.y), {
    radius: event.radius_km * 1000, interactive: false, className: "event-radius", color: safeColor(typeOf(event).color),
  }));
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
 * @property {number} measured
 * @property {number} tolerance
 * @property {string} dataset
 * @property {[[number, number], [number, number]]} line lon, lat
 * @property {string} verdict
 * @property {string} note
 * @property {string} quote
 * @property {number} document
 */

/** @param {Distance} distance @returns {string} */
function distanceWords(distance) {
  const [low, high] = distance.stated;
  return t(distance.border ? "distance.border" : "distance.label", {
    from: distance.from, to: distance.to, measured: formatNumber(distance.measured),
    stated: low === high ? formatNumber(low) : `${formatNumber(low)}–${formatNumber(high)}`,
  });
}

/**
 * Lines of measured distances, each with its length on the map and the claim in a popup.
 * @param {any} group
 */
function drawDistances(group) {
  for (const distance of /** @type {Distance[]} */ (DATA.distances || [])) {
    const ends = distance.line.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
    group.addLayer(L.polyline(ends, { className: "distance-line", interactive: false }));
    for (const end of ends) {
      group.addLayer(L.circleMarker(end, { radius: 3, className: "distance-end", interactive: false }));
    }
    const middle = [(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2];
    const label = el("div.distance-label", null, `${formatNumber(distance.measured)} km`);
    const words = distanceWords(distance);
    const marker = L.marker(middle, { icon: new DistanceIcon({ element: label, label: words }), keyboard: true });
    marker.bindPopup(() => distanceCard(distance), { maxWidth: 300, className: "distance-popup" });
    group.addLayer(marker);
  }
}

/** The label of a distance: an icon as wide as its words. */
const DistanceIcon = L.Icon.extend({
  createIcon() {
    const frame = el("div.distance-icon", { "aria-label": this.options.label }, this.options.element);
    return frame;
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
    el("p.muted", null, t("distance.dataset", { dataset: distance.dataset, tolerance: formatNumber(distance.tolerance) })),
    el("blockquote", { dir: "auto" }, distance.quote),
    source && el("p.muted", null, own(source.publisher || source.title || source.id)));
}
