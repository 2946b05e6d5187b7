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
 * @property {[string, number, number][]} countries name, lon, lat
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
const LABEL_HEIGHT = 15;
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
    const map = this._map, zoom = map.getZoom(), size = map.getSize(), marks = this.obstacles();
    /** @type {number[][]} */
    const taken = [];
    const place = (/** @type {string} */ name, /** @type {number} */ lon, /** @type {number} */ lat, /** @type {string} */ kind) => {
      const at = map.latLngToContainerPoint([lat, lon]);
      if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) return;
      const width = name.length * LABEL_PIXELS_PER_LETTER * (kind === "country" ? 1.6 : 1);
      const mark = marks.find((/** @type {Obstacle} */ one) => Math.hypot(one.x - at.x, one.y - at.y) < one.radius + 3);
      if (mark && kind === "town") at.x = mark.x + mark.radius - 2;
      const left = kind === "country" ? at.x - width / 2 : at.x;
      const box = [left - 4, at.y - LABEL_HEIGHT, left + width + 8, at.y + LABEL_HEIGHT];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
      taken.push(box);
      const label = el(`span.map-label.is-${kind}${mark ? ".is-marked" : ""}`, null, name);
      const position = map.containerPointToLayerPoint(at);
      label.style.transform = `translate(${Math.round(position.x)}px, ${Math.round(position.y)}px)`;
      this.pane.append(label);
    };
    if (zoom >= COUNTRY_ZOOMS[0] && zoom < COUNTRY_ZOOMS[1]) {
      for (const [name, lon, lat] of this.data.countries || []) place(name, lon, lat, "country");
    }
    const least = /** @type {number[]} */ (TOWN_ZOOMS.find(([limit]) => zoom < limit))[1];
    for (const [name, lon, lat, population] of this.data.towns || []) {
      if (population < least || taken.length > 80) break;
      place(name, lon, lat, "town");
    }
  },
});

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
