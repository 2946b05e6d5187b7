/**
 * The page put together: one state, and what follows when it changes.
 */

const MANY_EVENTS = 2000; // from here on what is not looked at first is drawn a moment later

const MOST_PRINTED = 1500; // rows on paper; a longer list is for the CSV file

const ROOM_FOR_LEGEND = 820; // pixels of a map beside whose legend there is still room for the events

class App {
  /**
   * @param {any} map
   * @param {OverlayGroups} groups folium's layer groups by name
   */
  constructor(map, groups) {
    this.map = map;
    this.groups = groups;
    this.view = readAddress(location.hash);
    /** @type {EventRow[]} */
    this.shown = [];
    /** @type {EventRow[]} */
    this.sorted = [];
    /** @type {boolean | undefined} */
    this.narrow = undefined;
    /** @type {DistanceLabel[]} */
    this.distances = [];
    this.heat = new Heat();
    this.marks = new Marks({ choose: (/** @type {EventRow} */ event, /** @type {HTMLElement} */ from) => this.open(event, from) });
    this.list = new EventList((event, from) => this.open(event, from), (event) => this.review.of(event));
    this.table = new EventTable(byId("table-view"), (event, from) => this.open(event, from), (order) => this.sort(order));
    this.report = new ReportView(byId("report-view"), { open: (event, from) => this.open(event, from), source: (publisher) => this.showSource(publisher) });
    this.timeline = new Timeline(byId("timeline"), (days) => { this.view.filter.days = days; this.update(); });
    this.legend = new Legend(byId("legend-body"), (type) => this.toggleType(type), (sized) => this.size(sized));
    this.review = new Review(map, () => this.reviewed(), (words) => this.say(words));
    this.facets = new FacetControls(byId("facets"), (key, value) => this.chooseFacet(key, value));
  }

  start() {
    byId("page-title").textContent = DATA.page.title;
    byId("thin-note").textContent = thinWords();
    for (const id of ["thin-note", "thin-take"]) byId(id).hidden = !DATA.thinned;
    this.embed();
    this.setLayers();
    this.marks.addTo(this.map);
    this.groups.heat.addLayer(this.heat);
    this.distances = drawDistances(this.groups.distances);
    if (this.groups.tiles) offerTiles(this.groups.tiles, (words) => this.say(words));
    this.listen();
    this.fitFrame();
    this.setPosition();
    this.markZoom();
    this.restore();
    // The marks are what people came for: they are seen before the lines beneath are made.
    window.requestAnimationFrame(() => window.setTimeout(() => {
      this.labels = drawBasemap(this.map, DATA.basemap || {}, () => this.marks.obstacles());
    }));
  }

  /** With `embed` in the address there are but the map and the timeline, and a way to the rest. */
  embed() {
    if (!this.view.embed) return;
    document.body.classList.add("is-embedded");
    const whole = el("a.embed-link", { target: "_blank", rel: "noopener" }, t("embed.open"));
    whole.addEventListener("click", () => whole.setAttribute("href", writeAddress({ ...this.view, embed: false })));
    whole.setAttribute("href", "#");
    byId("map-column").append(whole);
  }

  /** Bring every control in line with `view`, then draw. */
  restore() {
    const { filter } = this.view;
    byId("search").value = filter.query;
    byId("sort").value = this.view.order;
    this.timeline.set(filter.days);
    this.legend.setSized(this.view.sized);
    this.marks.sized = this.view.sized;
    this.setView(this.view.view);
    this.update();
    const event = this.view.event && EVENT_BY_ID.get(this.view.event);
    if (event) this.open(event, null);
  }

  /** Filter again and draw everything that follows from it: marks and list first. */
  update() {
    const selection = select(this.view.filter);
    this.shown = selection.shown;
    this.sorted = [...this.shown].sort(ORDERS[this.view.order]);
    this.marks.show(this.shown.filter((event) => event.point));
    this.list.order = this.view.order;
    this.drawRows();
    byId("counts").textContent = countWords(this.shown);
    byId("clear-filters").hidden = !isFiltered(this.view.filter);
    this.remember();
    window.clearTimeout(this.later);
    if (EVENTS.length < MANY_EVENTS) this.drawRest(selection);
    else this.later = window.setTimeout(() => this.drawRest(selection), 30);
  }

  /** What people look at second. */
  drawRest(/** @type {Filtered} */ selection) {
    this.timeline.draw(selection.inAllDays);
    this.legend.show(this.view.filter, selection);
    this.facets.show(this.view.filter, countFacets(this.view.filter));
    drawOverlays(this.groups, this.shown);
    this.heat.show(this.shown);
    if (this.map.hasLayer(this.groups.choropleth)) drawChoropleth(this.groups.choropleth, this.shown);
    if (this.labels) this.labels.draw();
  }

  drawRows() {
    if (this.view.view === "table") this.table.show(this.sorted, this.view.order);
    else if (this.view.view === "report") this.report.show(this.shown);
    else this.list.show(this.sorted);
  }

  /** Open an event: details, list and mark follow. */
  open(/** @type {EventRow} */ event, /** @type {HTMLElement | null} */ from) {
    this.view.event = event.id;
    this.list.select(event);
    showDetails(event, {
      open: (other) => this.open(other, null), close: () => this.close(),
      locate: (other) => this.locate(other), review: (other) => this.review.form(other),
    }, from);
    this.map.invalidateSize({ pan: false });
    this.marks.reveal(event);
    this.remember();
  }

  close() {
    if (!this.view.event) return;
    this.view.event = null;
    this.list.select(null);
    this.marks.select(null);
    hideDetails();
    this.map.invalidateSize({ pan: false });
    this.remember();
  }

  locate(/** @type {EventRow} */ event) {
    this.changeView("map");
    this.map.setView(unproject(event.x, event.y), Math.max(this.map.getZoom(), event.geo_precision === 3 ? 6 : 9));
    this.marks.reveal(event);
  }

  /** Corrections changed: rows and the open event show them. */
  reviewed() {
    this.drawRows();
    const event = this.view.event && EVENT_BY_ID.get(this.view.event);
    if (event) this.open(event, null);
  }

  toggleType(/** @type {string} */ type) {
    const { types } = this.view.filter;
    if (!types.delete(type)) types.add(type);
    this.update();
  }

  chooseFacet(/** @type {string} */ key, /** @type {string | null} */ value) {
    if (value === null) delete this.view.filter.chosen[key];
    else this.view.filter.chosen[key] = value;
    this.update();
  }

  /** What one source tells, in the list. */
  showSource(/** @type {string} */ publisher) {
    this.changeView("map");
    this.chooseFacet("source", publisher);
  }

  sort(/** @type {string} */ order) {
    this.view.order = order;
    byId("sort").value = order;
    this.update();
  }

  size(/** @type {boolean} */ sized) {
    this.view.sized = sized;
    this.marks.sized = sized;
    this.marks.draw();
    this.remember();
  }

  /** Map with list, table or report. */
  setView(/** @type {string} */ view) {
    this.view.view = view;
    byId("stage").classList.toggle("as-page", view !== "map");
    for (const name of VIEWS) byId(`view-${name}`).setAttribute("aria-pressed", String(name === view));
    for (const name of ["table", "report"]) byId(`${name}-view`).hidden = name !== view;
    if (view === "map") this.map.invalidateSize({ pan: false });
  }

  changeView(/** @type {string} */ view) {
    if (view === this.view.view) return;
    this.setView(view);
    this.drawRows();
    this.remember();
  }

  /** Show where the address says, or all events. */
  setPosition() {
    const { position } = this.view;
    if (position) {
      this.map.setView([position.lat, position.lon], position.zoom, { animate: false });
      return;
    }
    const points = everyPoint();
    if (points.length) {
      const legend = byId("legend"), wide = this.map.getSize().x >= ROOM_FOR_LEGEND;
      const aside = wide && legend.open ? legend.offsetWidth + 24 : 0;
      this.map.fitBounds(L.latLngBounds(points), { paddingTopLeft: [aside + 30, 44], paddingBottomRight: [wide ? 70 : 44, 44],
        maxZoom: 9, animate: false });
      this.home = this.map.getBounds();
    }
  }

  setLayers() {
    const { layers } = this.view;
    if (!layers) return;
    for (const [key, group] of Object.entries(this.groups)) {
      if (key === "tiles") continue; // a link must not make the page ask a server
      if (layers.includes(key)) group.addTo(this.map);
      else group.remove();
    }
  }

  /** Write the state into the address, a moment after the last change. */
  remember() {
    window.clearTimeout(this.pending);
    this.pending = window.setTimeout(() => {
      const center = this.map.getCenter();
      const position = this.moved || this.view.position
        ? { lat: center.lat, lon: center.lng, zoom: this.map.getZoom() } : null;
      const address = writeAddress({ ...this.view, position });
      if (address !== location.hash && !(address === "#" && !location.hash)) {
        this.written = address;
        history.replaceState(null, "", address);
      }
    }, 250);
  }

  listen() {
    const { map } = this;
    byId("search").addEventListener("input", (/** @type {Event} */ typing) => {
      this.view.filter.query = /** @type {HTMLInputElement} */ (typing.target).value;
      window.clearTimeout(this.typing);
      this.typing = window.setTimeout(() => this.update(), EVENTS.length > 3000 ? 180 : 60);
    });
    byId("filters").addEventListener("submit", (/** @type {Event} */ submit) => submit.preventDefault());
    byId("clear-filters").addEventListener("click", () => this.clear());
    byId("more-filters").addEventListener("click", () => this.toggleFilters());
    byId("sort").addEventListener("change", (/** @type {Event} */ change) => this.sort(/** @type {HTMLSelectElement} */ (change.target).value));
    for (const name of VIEWS) byId(`view-${name}`).addEventListener("click", () => this.changeView(name));
    byId("download-geojson").addEventListener("click", () => save("events.geojson", toGeoJson(this.sorted), "application/geo+json"));
    byId("download-csv").addEventListener("click", () => save("events.csv", toCsv(this.sorted), "text/csv"));
    byId("copy-link").addEventListener("click", () => this.copyLink());
    byId("print").addEventListener("click", () => window.print());
    byId("review-switch").addEventListener("click", () => { this.review.turn(!this.review.on); this.reviewed(); });
    document.addEventListener("keydown", (press) => this.escape(press));
    window.addEventListener("beforeprint", () => this.list.window.extend(1, MOST_PRINTED));
    window.addEventListener("hashchange", () => this.follow());
    map.on("moveend", () => { if (this.ready) { this.moved = true; this.remember(); } });
    map.on("overlayadd overlayremove", () => this.rememberLayers());
    this.groups.choropleth.on("add", () => drawChoropleth(this.groups.choropleth, this.shown));
    map.on("zoomend", () => this.markZoom());
    byId("legend").addEventListener("toggle", () => { if (this.labels) this.labels.draw(); });
    new ResizeObserver(() => this.fitFrame()).observe(byId("map-column"));
    window.setTimeout(() => { this.ready = true; }, 400);
  }

  /** First-level areas, and where there are many the labels of distances, wait for a zoom at which they do not crowd the map. */
  markZoom() {
    labelDistances(this.map, this.groups.distances, this.distances);
    this.map.getContainer().classList.toggle("is-far", this.map.getZoom() < 5);
  }

  /** The map's frame changed its size: all events stay in view, and on a narrow one the legend folds away. */
  fitFrame() {
    const atHome = this.home !== undefined && this.home.equals(this.map.getBounds());
    this.map.invalidateSize({ pan: false });
    if (atHome) this.setPosition();
    const narrow = byId("map-column").offsetWidth < ROOM_FOR_LEGEND, legend = byId("legend");
    if (narrow !== this.narrow && narrow) legend.open = false;
    if (narrow !== this.narrow && !narrow && this.narrow !== undefined) legend.open = true;
    this.narrow = narrow;
  }

  clear() {
    this.view.filter = noFilter();
    byId("search").value = "";
    this.timeline.stop();
    this.timeline.set(null);
    this.update();
    byId("search").focus();
  }

  toggleFilters() {
    const button = byId("more-filters"), open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    byId("facets").classList.toggle("is-open", open);
  }

  rememberLayers() {
    this.view.layers = Object.entries(this.groups).filter(([key, group]) => key !== "tiles" && this.map.hasLayer(group)).map(([key]) => key);
    this.remember();
  }

  /** The address was changed by hand or by a link of the page. */
  follow() {
    if (location.hash === this.written) return;
    this.view = readAddress(location.hash);
    if (this.view.position) this.setPosition();
    this.restore();
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(t("take.copied"));
    } catch {
      this.say(t("take.copy-failed"));
    }
  }

  say(/** @type {string} */ words) {
    const note = byId("map-note");
    note.textContent = words;
    note.hidden = false;
    window.clearTimeout(this.saying);
    this.saying = window.setTimeout(() => { note.hidden = true; }, 4000);
  }

  escape(/** @type {KeyboardEvent} */ press) {
    if (press.key !== "Escape") return;
    const menu = /** @type {HTMLDetailsElement} */ (byId("take-away"));
    if (menu.open) menu.open = false;
    else if (this.view.event) this.close();
    this.map.closePopup();
  }
}

/**
 * Called when the data are there, with what the page that folium built has made.
 * @param {any} map
 * @param {OverlayGroups} groups
 */
function start(map, groups) {
  new App(map, groups).start();
}
