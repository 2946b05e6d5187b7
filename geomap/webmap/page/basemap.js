/**
 * The map underneath, drawn from the lines in the page. Colors are in page.css, so that dark mode
 * and print need no code.
 *
 * @typedef {Object} BasemapData
 * @property {EncodedShape[]} land
 * @property {EncodedShape[]} lakes
 * @property {EncodedShape[]} borders
 * @property {EncodedShape[]} disputed
 * @property {EncodedShape[]} admin1
 * @property {[string, number, number, number][]} towns name, lon, lat, population; largest first
 * @property {[string, number, number, number][]} countries name, lon, lat, width in degrees; widest first
 * @property {string} credit
 *
 * @typedef {{x: number, y: number, radius: number}} Obstacle pixels in the map's frame
 */

const UNIT_DEG = 0.001; // of encoded coordinates, as in geomap/webmap/shapes.py

/**
 * Add up the steps of a line or ring.
 * @param {number[]} steps
 * @returns {[number, number][]} lat, lon: Leaflet's order
 */
function decodeLine(steps) {
  /** @type {[number, number][]} */
  const line = [];
  let lon = 0, lat = 0;
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i];
    lat += steps[i + 1];
    line.push([lat * UNIT_DEG, lon * UNIT_DEG]);
  }
  return line;
}

/**
 * A shape as Leaflet layers: one for its polygons, one for its lines.
 * @param {EncodedShape} shape
 * @param {Record<string, any>} options
 * @returns {any[]}
 */
function shapeLayers(shape, options) {
  const layers = [];
  if (shape.rings.length) layers.push(L.polygon(shape.rings.map((rings) => rings.map(decodeLine)), options));
  if (shape.lines.length) layers.push(L.polyline(shape.lines.map(decodeLine), { ...options, fill: false }));
  return layers;
}

/**
 * @param {any} map
 * @param {BasemapData} data
 * @param {() => Obstacle[]} obstacles what labels must not lie under
 * @returns {any} the layer of labels
 */
function drawBasemap(map, data, obstacles) {
  const pane = map.createPane("basemap");
  pane.style.zIndex = 150; // below the street map from the web, which hides it
  const renderer = L.svg({ pane: "basemap", padding: 0.4 });
  for (const kind of /** @type {const} */ (["land", "lakes", "admin1", "borders", "disputed"])) {
    for (const shape of data[kind] || []) {
      const options = { renderer, pane: "basemap", interactive: false, className: `base-${kind}`, smoothFactor: 0.8 };
      for (const layer of shapeLayers(shape, options)) layer.addTo(map);
    }
  }
  map.attributionControl.setPrefix(false);
  if (data.credit) map.attributionControl.addAttribution(escaped(data.credit));
  return new Labels(data, obstacles).addTo(map);
}

const LABEL_PIXELS_PER_LETTER = 6.5;
const LABEL_HEIGHT = 16;
const LEAST_COUNTRY_LETTER = 6; // pixels of a country's width for each letter of its name
const MOST_LABELS = 80;
/** Least population of a labelled town, by zoom: fewer names farther out. */
const TOWN_ZOOMS = [[4, 3e6], [5, 1e6], [6, 4e5], [7, 1.5e5], [8, 6e4], [9, 2e4], [10, 5e3], [22, 0]];
const COUNTRY_ZOOMS = [2.5, 7.5];

/** Names of countries and towns, as many as fit without touching. */
const Labels = L.Layer.extend({
  initialize(/** @type {BasemapData} */ data, /** @type {() => Obstacle[]} */ obstacles) {
    this.data = data;
    this.obstacles = obstacles;
  },
  onAdd(/** @type {any} */ map) {
    const pane = map.getPane("labels") || map.createPane("labels");
    pane.style.zIndex = 350;
    this.pane = pane;
    pane.setAttribute("aria-hidden", "true");
    this.draw();
  },
  getEvents() {
    return { moveend: this.draw, zoomstart: this.clear, resize: this.draw };
  },
  clear() {
    this.pane.replaceChildren();
  },
  draw() {
    this.clear();
    const zoom = this._map.getZoom();
    this.marks = this.obstacles();
    /** @type {Box[]} */
    this.taken = [...this.marks.map(boxOf), ...controlBoxes(this._map)];
    this.placed = 0;
    /** @type {Set<Obstacle | undefined>} marks with the name of a town: the largest there */
    this.named = new Set();
    if (zoom >= COUNTRY_ZOOMS[0] && zoom < COUNTRY_ZOOMS[1]) {
      const pixelsPerDegree = 256 * 2 ** zoom / 360;
      for (const [name, lon, lat, width] of this.data.countries || []) {
        if (width * pixelsPerDegree > name.length * LEAST_COUNTRY_LETTER) this.place(name, [lat, lon], "country");
      }
    }
    const least = /** @type {number[]} */ (TOWN_ZOOMS.find(([limit]) => zoom < limit))[1];
    for (const [name, lon, lat, population] of this.data.towns || []) {
      if (population < least || this.placed > MOST_LABELS) break;
      this.place(name, [lat, lon], "town");
    }
  },
  /** Write a name at the first of its spots where it touches nothing, or not at all. */
  place(/** @type {string} */ name, /** @type {[number, number]} */ position, /** @type {"country" | "town"} */ kind) {
    const at = this._map.latLngToContainerPoint(position), size = this._map.getSize();
    if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) return;
    const width = name.length * LABEL_PIXELS_PER_LETTER * (kind === "country" ? 1.6 : 1) + 8;
    const mark = this.marks.find((/** @type {Obstacle} */ one) => Math.hypot(one.x - at.x, one.y - at.y) < one.radius + 3);
    if (kind === "town" && mark && this.named.has(mark)) return;
    const spots = kind === "country" ? countrySpots(at, width) : townSpots(at, width, mark);
    for (const [left, top] of spots) {
      const box = /** @type {Box} */ ([left, top, left + width, top + LABEL_HEIGHT]);
      if (left < 0 || box[2] > size.x || this.taken.some((/** @type {Box} */ other) => touch(box, other))) continue;
      this.taken.push(box);
      this.placed += 1;
      if (kind === "town" && mark) this.named.add(mark);
      const { x, y } = this._map.containerPointToLayerPoint([left, top]);
      const label = el(`span.map-label.is-${kind}${mark ? ".is-marked" : ""}`, null, name);
      label.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      if (kind === "country") label.style.width = `${width}px`;
      this.pane.append(label);
      return;
    }
  },
});

/** @typedef {[number, number, number, number]} Box left, top, right, bottom in pixels of the map */

/** @param {Obstacle} mark @returns {Box} */
const boxOf = ({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius];

/** @param {Box} one @param {Box} other @returns {boolean} */
const touch = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

/** @param {{x: number, y: number}} at @param {number} width @returns {[number, number][]} on the point, or off it */
function countrySpots({ x, y }, width) {
  return /** @type {[number, number][]} */ ([0, 28, -28, 56].map((off) => [x - width / 2, y - LABEL_HEIGHT / 2 + off]));
}

/**
 * To the right of the dot, or of the mark that stands there; else to the left of the mark.
 * @param {{x: number, y: number}} at
 * @param {number} width
 * @param {Obstacle | undefined} mark
 * @returns {[number, number][]}
 */
function townSpots({ x, y }, width, mark) {
  const top = y - LABEL_HEIGHT / 2;
  return mark ? [[mark.x + mark.radius + 1, top], [mark.x - mark.radius - width - 1, top], [x - width / 2, mark.y + mark.radius + 1]] : [[x - 2, top]];
}

/** @param {any} map @returns {Box[]} what lies over the map: legend, buttons, scale */
function controlBoxes(map) {
  const container = map.getContainer(), { left, top } = container.getBoundingClientRect();
  return [...container.parentElement.querySelectorAll(".leaflet-control, .legend")].map((control) => {
    const box = control.getBoundingClientRect();
    return [box.left - left, box.top - top, box.right - left, box.bottom - top];
  });
}

/**
 * The street map from the web. Until a viewer switches it on nothing is asked of any server, and no
 * link can switch it on.
 * @param {any} group folium's layer group of the switch
 * @param {(words: string) => void} say
 */
function offerTiles(group, say) {
  const { tiles, tilesCredit } = DATA.page;
  group.on("add", () => {
    if (!group.getLayers().length) group.addLayer(L.tileLayer(tiles, { attribution: escaped(tilesCredit), maxZoom: 19, zIndex: 1 }));
    say(t("tiles.note", { host: new URL(tiles.replace(/[{}]/g, "")).host }));
  });
}
