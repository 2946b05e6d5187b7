/**
 * The events as a list beside the map and as a table. Only a window of rows exists at a time; more
 * are added as one scrolls to an end, so that 100,000 events scroll like a hundred.
 */

const ROWS_AT_ONCE = 120;
const ROWS_FIRST = 30; // fill any screen; the others of a window follow when the browser is idle

/** A window over the sorted events. `makeRow` makes a row for the event at a position. */
class RowWindow {
  /**
   * @param {HTMLElement} body element that holds the rows
   * @param {HTMLElement} scroller
   * @param {(event: EventRow, position: number) => HTMLElement} makeRow
   * @param {string} moreTag element of the rows that load more: "li" or "tr"
   */
  constructor(body, scroller, makeRow, moreTag) {
    this.body = body;
    this.scroller = scroller;
    this.makeRow = makeRow;
    this.moreTag = moreTag;
    /** @type {EventRow[]} */
    this.events = [];
    this.start = 0;
    this.end = 0;
    scroller.addEventListener("scroll", () => this.follow(), { passive: true });
  }

  /** @param {EventRow[]} events @param {number} [around] position that must be among the rows */
  show(events, around = 0) {
    this.events = events;
    this.start = around < ROWS_AT_ONCE ? 0 : around - Math.floor(ROWS_AT_ONCE / 2);
    const last = Math.min(events.length, this.start + ROWS_AT_ONCE);
    this.end = Math.min(last, Math.max(this.start, around) + ROWS_FIRST);
    this.body.replaceChildren(...this.rows(this.start, this.end));
    if (!events.length) this.body.append(this.nothing());
    this.addEnds();
    if (!around) this.scroller.scrollTop = 0;
    window.clearTimeout(this.filling);
    if (this.end < last) this.filling = window.setTimeout(() => this.extend(1, last), 60);
  }

  /** @returns {HTMLElement} what stands in place of the rows */
  nothing() {
    const words = t(EVENTS.length ? "counts.none" : "report.no-events");
    return this.moreTag === "li" ? el("li.nothing", null, words) : el("tr.nothing", null, el("td", { colspan: 20 }, words));
  }

  /** @param {number} from @param {number} to @returns {HTMLElement[]} */
  rows(from, to) {
    return this.events.slice(from, to).map((event, i) => this.makeRow(event, from + i));
  }

  addEnds() {
    for (const row of this.body.querySelectorAll(":scope > .more-rows")) row.remove();
    if (this.start > 0) this.body.prepend(this.moreRow("list.earlier", this.start, () => this.extend(-1)));
    const left = this.events.length - this.end;
    if (left > 0) this.body.append(this.moreRow("list.more", left, () => this.extend(1)));
  }

  /** @param {string} words @param {number} left @param {() => void} load @returns {HTMLElement} */
  moreRow(words, left, load) {
    // In the list arrow keys reach it; as a stop of the Tab key it would load rows in passing.
    const button = el("button", { type: "button", tabindex: this.moreTag === "li" ? -1 : 0, onclick: load }, t(words, { n: formatNumber(Math.min(left, ROWS_AT_ONCE)) }));
    if (this.moreTag === "li") return el("li.more-rows", null, button);
    return el("tr.more-rows", null, el("td", { colspan: 20 }, button));
  }

  /** @param {1 | -1} direction @param {number} [until] */
  extend(direction, until = this.end + ROWS_AT_ONCE) {
    window.clearTimeout(this.filling);
    if (direction > 0) {
      const end = Math.min(this.events.length, until);
      const last = this.body.querySelector(":scope > .more-rows:last-child");
      for (const row of this.rows(this.end, end)) this.body.insertBefore(row, last);
      this.end = end;
    } else {
      const start = Math.max(0, this.start - ROWS_AT_ONCE), height = this.scroller.scrollHeight;
      const first = this.body.querySelector(":scope > .more-rows");
      const rows = this.rows(start, this.start);
      if (first) first.after(...rows);
      this.start = start;
      this.scroller.scrollTop += this.scroller.scrollHeight - height;
    }
    this.addEnds();
  }

  follow() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < 600 && this.end < this.events.length) this.extend(1);
  }
}

/** The list beside the map. */
class EventList {
  /**
   * @param {(event: EventRow, from: HTMLElement) => void} choose
   * @param {(event: EventRow) => string[]} corrections
   */
  constructor(choose, corrections) {
    this.choose = choose;
    this.corrections = corrections;
    this.order = "newest";
    /** @type {EventRow[]} */
    this.events = [];
    /** @type {EventRow | null} */
    this.selected = null;
    this.body = byId("rows");
    this.window = new RowWindow(this.body, byId("list"), (event, position) => this.row(event, position), "li");
    this.body.addEventListener("keydown", (/** @type {KeyboardEvent} */ press) => this.move(press));
  }

  /** @param {EventRow[]} events sorted */
  show(events) {
    this.events = events;
    this.window.show(events);
    this.markSelected();
  }

  /** @param {EventRow} event @param {number} position @returns {HTMLElement} */
  row(event, position) {
    const previous = position ? this.events[position - 1] : undefined;
    const byDay = this.order === "newest" || this.order === "oldest";
    const heading = byDay && (!previous || listDay(previous) !== listDay(event)) ? el("h3.day", null, listDay(event)) : null;
    return el("li", { "aria-setsize": this.events.length, "aria-posinset": position + 1 }, heading,
      el("button.row", { type: "button", "data-id": event.id, tabindex: position ? -1 : 0,
        onclick: (/** @type {Event} */ click) => this.choose(event, /** @type {HTMLElement} */ (click.currentTarget)) },
      symbol(typeOf(event), event.status),
      el("span.row-text", null,
        el("span.row-title", { dir: "auto" }, event.title),
        el("span.row-meta", null, rowMeta(event, byDay)),
        rowTags(event, this.corrections(event)))));
  }

  /** Arrow keys, Home and End move in the list; Enter opens, as on any button. */
  move(/** @type {KeyboardEvent} */ press) {
    const rows = /** @type {HTMLElement[]} */ ([...this.body.querySelectorAll("button")]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[press.key];
    if (at < 0 || to === undefined) return;
    press.preventDefault();
    this.focus(rows[Math.max(0, Math.min(rows.length - 1, to))]);
  }

  /** @param {HTMLElement} row the list's one stop for the Tab key */
  focus(row) {
    for (const other of this.body.querySelectorAll('button[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    row.setAttribute("tabindex", "0");
    row.focus();
  }

  /** @param {EventRow | null} event */
  select(event) {
    this.selected = event;
    if (event && !this.button(event)) {
      const position = this.events.indexOf(event);
      if (position >= 0) this.window.show(this.events, position);
    }
    this.markSelected();
    const row = event && this.button(event);
    if (row) scrollWithin(byId("list"), row);
  }

  /** @param {EventRow} event @returns {HTMLElement | null} */
  button(event) {
    return this.body.querySelector(`button[data-id="${CSS.escape(event.id)}"]`);
  }

  markSelected() {
    for (const row of this.body.querySelectorAll("button[aria-current]")) row.removeAttribute("aria-current");
    const row = this.selected && this.button(this.selected);
    if (!row) return;
    row.setAttribute("aria-current", "true");
    for (const other of this.body.querySelectorAll('button[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    row.setAttribute("tabindex", "0");
  }
}

/**
 * Scroll so that `element` is seen, without moving anything outside of `scroller`.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} element
 */
function scrollWithin(scroller, element) {
  const outer = scroller.getBoundingClientRect(), inner = element.getBoundingClientRect();
  if (inner.top < outer.top + 30) scroller.scrollTop += inner.top - outer.top - 40;
  else if (inner.bottom > outer.bottom) scroller.scrollTop += inner.bottom - outer.bottom + 12;
}

/** @param {EventRow} event @returns {string} the heading that the event stands under */
function listDay(event) {
  return formatWhen(event);
}

/** @param {EventRow} event @param {boolean} byDay @returns {string} */
function rowMeta(event, byDay) {
  const parts = [event.place ? placeName(event) : t("list.unlocated-place"), harmWords(event)];
  if (!byDay) parts.unshift(formatWhen(event, SHORT_DAY));
  return parts.filter(Boolean).join(" · ");
}

/**
 * What tempers the row: status, sources, no place, corrections.
 * @param {EventRow} event
 * @param {string[]} corrections
 * @returns {HTMLElement}
 */
function rowTags(event, corrections) {
  const sources = event.n_independent_sources;
  return el("span.row-tags", null,
    event.status !== "reported" && el(`span.tag.is-${event.status}`, null, t(`status.${event.status}`)),
    event.conflicts && event.conflicts.length > 0 && el("span.tag.is-conflict", null, t("list.differ")),
    !event.point && el("span.tag.is-unlocated", null, t("list.unlocated")),
    CORRECTED.has(event.id) && el("span.tag.is-corrected", null, t("list.corrected")),
    corrections.map((words) => el("span.tag.is-corrected", null, words)),
    el("span.sources", null, plural("list.sources", sources)));
}

/** The same events as a table. */
class EventTable {
  /**
   * @param {HTMLElement} frame
   * @param {(event: EventRow, from: HTMLElement) => void} choose
   * @param {(order: string) => void} sort
   */
  constructor(frame, choose, sort) {
    this.choose = choose;
    this.sort = sort;
    const body = el("tbody");
    this.headings = [["date", "newest"], ["type", ""], ["title", ""], ["place", "place"], ["killed", "harm"], ["injured", ""],
      ["status", ""], ["sources", ""], ["sure", "sure"]].map(([name, order]) => this.heading(name, order));
    frame.append(el("div.table-scroll", { tabindex: 0, role: "region", "aria-label": t("view.table") },
      el("table", null, el("thead", null, el("tr", null, this.headings)), body)));
    this.window = new RowWindow(body, /** @type {HTMLElement} */ (frame.firstChild), (event) => this.row(event), "tr");
  }

  /** @param {string} name @param {string} order @returns {HTMLElement} */
  heading(name, order) {
    if (!order) return el("th", { scope: "col" }, t(`column.${name}`));
    return el("th", { scope: "col", "data-order": order },
      el("button", { type: "button", onclick: () => this.sort(order) }, t(`column.${name}`)));
  }

  /** @param {EventRow[]} events sorted @param {string} order */
  show(events, order) {
    for (const heading of this.headings) {
      if (heading.dataset.order === order) heading.setAttribute("aria-sort", order === "place" ? "ascending" : "descending");
      else heading.removeAttribute("aria-sort");
    }
    this.window.show(events);
  }

  /** @param {EventRow} event @returns {HTMLElement} */
  row(event) {
    const type = typeOf(event);
    const open = el("button.link", { type: "button", dir: "auto",
      onclick: (/** @type {Event} */ click) => this.choose(event, /** @type {HTMLElement} */ (click.currentTarget)) }, event.title);
    return el("tr", null,
      el("td.nowrap", null, formatWhen(event, SHORT_DAY)),
      el("td", null, el("span.with-symbol", null, symbol(type, event.status, 16), type.label)),
      el("td.wide", null, open),
      el("td", { dir: "auto" }, placeName(event) || t("list.unlocated-place")),
      el("td.number", null, formatRange(event.killed_min, event.killed_max)),
      el("td.number", null, formatRange(event.injured_min, event.injured_max)),
      el("td", null, t(`status.${event.status}`)),
      el("td.number", null, formatNumber(event.n_independent_sources)),
      el("td.number", null, event.confidence === undefined ? "" : `${Math.round(event.confidence * 100)} %`));
  }
}
