/**
 * Event marks, gathered into clusters where they would cover one another.
 *
 * Leaflet.markercluster makes one marker for every event and rebuilds its tree with every filter
 * step; here only what is in view becomes a marker. Events are put into a grid of the screen's
 * scale (one pass, no tree), so a step over 100,000 events costs milliseconds.
 */

const CELL_PIXELS = 52;
const CROWD = 400; // with more events than this the marks are clusters, which are larger
const CROWD_CELL_PIXELS = 84;
const SPREAD_ZOOM_STEPS = 2; // how far a click on a cluster zooms in at most beyond what fits

/**
 * @typedef {Object} Cluster
 * @property {EventRow[]} events
 * @property {number} x mean position on the unit square
 * @property {number} y
 */

/**
 * Group events that would lie closer than a cell at this zoom.
 * @param {EventRow[]} events
 * @param {number} zoom
 * @param {{west: number, east: number, north: number, south: number}} view on the unit square
 * @returns {Cluster[]}
 */
function gather(events, zoom, view) {
  const cells = 256 * 2 ** zoom / (events.length > CROWD ? CROWD_CELL_PIXELS : CELL_PIXELS);
  /** @type {Map<number, Cluster>} */
  const grid = new Map();
  for (const event of events) {
    const { x, y } = event;
    // Written so that NaN, an event without a place, fails.
    if (!(x >= view.west && x <= view.east && y >= view.north && y <= view.south)) continue;
    const key = Math.floor(x * cells) * 67108864 + Math.floor(y * cells);
    const cluster = grid.get(key);
    if (cluster) {
      cluster.x += x;
      cluster.y += y;
      cluster.events.push(event);
    } else grid.set(key, { events: [event], x, y });
  }
  for (const cluster of grid.values()) {
    cluster.x /= cluster.events.length;
    cluster.y /= cluster.events.length;
  }
  return joinNeighbors(grid, 0.7 / cells);
}

/**
 * Join clusters of neighboring cells whose centers came out close together; larger ones draw in
 * smaller ones.
 * @param {Map<number, Cluster>} grid
 * @param {number} reach
 * @returns {Cluster[]}
 */
function joinNeighbors(grid, reach) {
  const order = [...grid.entries()].sort((a, b) => b[1].events.length - a[1].events.length || a[0] - b[0]);
  const gone = new Set();
  for (const [key, cluster] of order) {
    if (gone.has(key)) continue;
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        const near = key + dx * 67108864 + dy;
        const other = grid.get(near);
        if (!other || near === key || gone.has(near)) continue;
        if (Math.hypot(cluster.x - other.x, cluster.y - other.y) > reach) continue;
        const total = cluster.events.length + other.events.length;
        cluster.x += (other.x - cluster.x) * other.events.length / total;
        cluster.y += (other.y - cluster.y) * other.events.length / total;
        cluster.events = cluster.events.concat(other.events);
        gone.add(near);
      }
    }
  }
  return order.filter(([key]) => !gone.has(key)).map(([, cluster]) => cluster);
}

/** @param {number} x @param {number} y on the unit square @returns {[number, number]} lat, lon */
function unproject(x, y) {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
  return [lat, (x - 0.5) * 360];
}

/** A marker icon that is an element made by the page. */
const MarkIcon = L.Icon.extend({
  createIcon() {
    const { element, size, label } = this.options;
    element.classList.add("leaflet-marker-icon");
    element.style.width = `${size}px`;
    element.style.height = `${size}px`;
    element.style.marginLeft = element.style.marginTop = `${-size / 2}px`;
    element.setAttribute("aria-label", label);
    return element;
  },
  createShadow() {
    return null;
  },
});

/** The layer of all marks. `choose` is called with an event whose mark is activated. */
const Marks = L.Layer.extend({
  initialize(/** @type {{choose: (event: EventRow, from: HTMLElement | null) => void}} */ options) {
    this.choose = options.choose;
    this.events = [];
    this.sized = true;
    this.selected = null;
    this.spread = null;
    this.drawn = new Map();
    this.markers = L.layerGroup();
    this.legs = L.layerGroup();
  },
  onAdd(/** @type {any} */ map) {
    this.markers.addTo(map);
    this.legs.addTo(map);
  },
  getEvents() {
    return { moveend: this.draw, zoomstart: this.fold, click: this.fold };
  },

  /** @param {EventRow[]} events */
  show(events) {
    this.events = events;
    this.fold();
    this.draw();
  },
  fold() {
    this.spread = null;
    this.legs.clearLayers();
  },
  /** @param {EventRow | null} event */
  select(event) {
    this.selected = event;
    this.draw();
  },

  /** Draw what is in view; a marker that stays the same stays the same element. */
  draw() {
    const map = this._map;
    if (!map) return;
    const focused = document.activeElement && document.activeElement.getAttribute("data-key");
    this.legs.clearLayers();
    this.stale = this.drawn;
    /** @type {Map<string, any>} */
    this.drawn = new Map();
    for (const cluster of gather(this.events, map.getZoom(), viewOf(map))) {
      if (this.spread && cluster.events.some((event) => this.spread.has(event.id))) this.addSpread(cluster);
      else if (cluster.events.length === 1) this.addMark(cluster.events[0], unproject(cluster.x, cluster.y));
      else this.addCluster(cluster);
    }
    for (const marker of this.stale.values()) this.markers.removeLayer(marker);
    if (focused && !(document.activeElement && document.activeElement.getAttribute("data-key"))) focusMark(map, focused);
  },

  addMark(/** @type {EventRow} */ event, /** @type {[number, number]} */ at) {
    const radius = markRadius(event, this.sized), size = 2 * radius + 8;
    const marker = this.addMarker(event.id, `${radius}`, at, () => ({ size, label: markLabel(event),
      element: el(`div.mark${event.geo_precision === 3 ? ".is-area" : ""}`, null, markDrawing(event, radius, size)),
      act: (/** @type {HTMLElement} */ element) => this.choose(event, element) }));
    this.markChosen(marker, this.selected === event, Math.round(radius * 10));
  },

  addCluster(/** @type {Cluster} */ cluster) {
    const { events } = cluster;
    const radius = Math.min(30, 15 + 2.6 * Math.log2(events.length));
    const words = isStack(events) ? "map.stack" : "map.cluster";
    const content = events.map((event) => event.index).join();
    const marker = this.addMarker(`+${events[0].id}`, content, unproject(cluster.x, cluster.y), () => ({
      size: 2 * radius, label: t(words, { n: formatNumber(events.length) }),
      element: el("div.marker-cluster", null, donut(events, radius), el("span.cluster-count", null, formatNumber(events.length))),
      act: () => this.open(cluster) }));
    this.markChosen(marker, this.selected && events.includes(this.selected), 0);
  },

  /**
   * Add a marker, or keep the one drawn before under the same key, with the same content and place.
   */
  addMarker(/** @type {string} */ key, /** @type {string} */ content, /** @type {[number, number]} */ at,
    /** @type {() => {size: number, label: string, element: HTMLElement, act: (element: HTMLElement) => void}} */ make) {
    const signature = `${content} ${at[0].toFixed(6)} ${at[1].toFixed(6)}`;
    let marker = this.stale.get(key);
    if (marker && marker.signature === signature) this.stale.delete(key);
    else {
      const { size, label, element, act } = make();
      element.setAttribute("data-key", key);
      marker = L.marker(at, { icon: new MarkIcon({ element, size, label }), keyboard: true, riseOnHover: true });
      marker.signature = signature;
      marker.on("click keydown", (/** @type {any} */ happening) => {
        if (isActivation(happening)) act(element);
      });
      this.markers.addLayer(marker);
    }
    this.drawn.set(key, marker);
    return marker;
  },

  /** Where marks are, for the labels of the map. */
  obstacles() {
    return [...this.drawn.values()].map((marker) => {
      const { x, y } = this._map.latLngToContainerPoint(marker.getLatLng());
      return { x, y, radius: marker.options.icon.options.size / 2 };
    });
  },

  markChosen(/** @type {any} */ marker, /** @type {boolean} */ isChosen, /** @type {number} */ height) {
    marker.setZIndexOffset(isChosen ? 10000 : height);
    marker.getElement().classList.toggle("is-chosen", Boolean(isChosen));
  },

  /** Zoom to what a cluster holds, or fan it out where zooming cannot part it. */
  open(/** @type {Cluster} */ cluster) {
    const map = this._map;
    const bounds = L.latLngBounds(cluster.events.map((event) => unproject(event.x, event.y)));
    const target = Math.min(map.getBoundsZoom(bounds, false, L.point(90, 90)), map.getZoom() + 3 + SPREAD_ZOOM_STEPS);
    if (!isStack(cluster.events) && map.getZoom() < map.getMaxZoom()) {
      map.setView(bounds.getCenter(), Math.min(map.getMaxZoom(), Math.max(target, map.getZoom() + 1)));
      return;
    }
    this.spread = new Set(cluster.events.map((event) => event.id));
    this.draw();
  },

  /** Draw a cluster as a fan of marks around its place: a ring, or a spiral when there are many. */
  addSpread(/** @type {Cluster} */ cluster) {
    const map = this._map, center = unproject(cluster.x, cluster.y);
    const middle = map.latLngToLayerPoint(center);
    fanOffsets(cluster.events.length).forEach(([dx, dy], i) => {
      const at = map.layerPointToLatLng(middle.add([dx, dy]));
      this.legs.addLayer(L.polyline([center, at], { className: "fan-leg", weight: 1, interactive: false }));
      this.addMark(cluster.events[i], [at.lat, at.lng]);
    });
  },

  /** Bring an event's mark into view, fanning out its cluster if need be. */
  reveal(/** @type {EventRow} */ event) {
    if (!event.point) return;
    const map = this._map, at = unproject(event.x, event.y);
    this.selected = event;
    if (!map.getBounds().pad(-0.12).contains(at)) map.setView(at, map.getZoom(), { animate: false });
    const alike = this.events.filter((/** @type {EventRow} */ other) => other.x === event.x && other.y === event.y);
    this.spread = alike.length > 1 && alike.length <= 60 ? new Set(alike.map((/** @type {EventRow} */ other) => other.id)) : null;
    const own = gather(this.events, map.getZoom(), viewOf(map)).find((cluster) => cluster.events.includes(event));
    if (own && own.events.length > alike.length) this.spread = null;
    this.draw();
  },
});

/** @param {EventRow[]} events @returns {boolean} whether all lie at one point */
function isStack(events) {
  return events.every((event) => Math.abs(event.x - events[0].x) + Math.abs(event.y - events[0].y) < 1e-7);
}

/** @param {any} happening a Leaflet event @returns {boolean} */
function isActivation(happening) {
  if (happening.type === "click") return true;
  const key = happening.originalEvent.key;
  if (key === "Enter" || key === " ") {
    happening.originalEvent.preventDefault();
    return true;
  }
  return false;
}

/** @param {any} map @param {string} key */
function focusMark(map, key) {
  for (const element of map.getPane("markerPane").children) {
    if (element.getAttribute("data-key") === key) element.focus({ preventScroll: true });
  }
}

/** @param {any} map @returns {{west: number, east: number, north: number, south: number}} */
function viewOf(map) {
  const bounds = map.getBounds().pad(0.15);
  const [west, north] = mercator(bounds.getWest(), bounds.getNorth());
  const [east, south] = mercator(bounds.getEast(), bounds.getSouth());
  return { west, east, north, south };
}

/**
 * @param {EventRow} event
 * @param {number} radius
 * @param {number} size
 * @returns {SVGElement}
 */
function markDrawing(event, radius, size) {
  const shape = symbolPath(typeOf(event), event.status);
  shape.setAttribute("transform", `scale(${(radius / 10).toFixed(3)})`);
  const half = size / 2;
  return svg("svg", { width: size, height: size, viewBox: `${-half} ${-half} ${size} ${size}`, "aria-hidden": "true" },
    svg("circle", { class: "mark-ring", r: half - 1.5 }), shape);
}

/** @param {EventRow} event @returns {string} */
function markLabel(event) {
  return [event.title, formatWhen(event), harmWords(event)].filter(Boolean).join(" · ");
}

/** @param {number} n @returns {[number, number][]} pixels */
function fanOffsets(n) {
  return Array.from({ length: n }, (_, i) => {
    if (n <= 10) {
      const radius = Math.max(34, n * 6.5), angle = 2 * Math.PI * i / n - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }
    const turn = Math.sqrt(i + 2) * 3.1, radius = 26 + 5.6 * turn;
    return [radius * Math.cos(turn), radius * Math.sin(turn)];
  });
}
