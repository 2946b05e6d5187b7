/**
 * What the build found, to be read: the same facts as in `report.md`. What is said of events is
 * said of those that the filters leave; what is said of documents holds for all.
 *
 * @typedef {Object} Findings
 * @property {number} independent sources, near-copies counted once
 * @property {number[][]} copies groups of documents
 * @property {number[]} told reports, by document
 * @property {[string, string][]} pairs ids of events that may be one
 * @property {{text: string, reason: string, times: number, documents: number[]}[]} unresolved
 * @property {{source: string, stage: string, message: string}[]} failures
 * @property {CorrectionDone[]} corrections
 *
 * @typedef {Object} CorrectionDone a line of the corrections file and what became of it
 * @property {number} line
 * @property {boolean} applied
 * @property {string} note
 * @property {string | null} event
 * @property {string | null} author
 * @property {string | null} reason
 *
 * @typedef {{low: number, high: number, open: boolean}} Sum
 */

/** @type {Findings} */
const FINDINGS = { independent: 0, copies: [], told: [], pairs: [], unresolved: [], failures: [], corrections: [], ...DATA.report };
const SUMMED = ["killed", "injured"];
const MOST_ROWS = 500; // of a table; a longer one is for the CSV file
const MOST_LINKS = 8; // events named in one cell
const MOST_WORDS = 240; // letters of a quotation

/** What people set right, by event. */
const CORRECTED = groupBy(FINDINGS.corrections.filter((one) => one.applied && one.event), (one) => String(one.event));

/** The report as a view of its own, beside map and table. */
class ReportView {
  /**
   * @param {HTMLElement} frame
   * @param {{open: (event: EventRow, from: HTMLElement) => void, source: (publisher: string) => void}} act
   */
  constructor(frame, act) {
    this.act = act;
    this.page = el("div.report", null);
    frame.append(el("div.report-scroll", { tabindex: 0, role: "region", "aria-label": t("view.report") }, this.page));
  }

  /** @param {EventRow[]} shown */
  show(shown) {
    const parts = /** @type {HTMLElement[]} */ ([
      this.documents(), this.sources(), this.days(shown), this.figures(shown), this.disagreements(shown), this.distances(),
      this.doubtful("withdrawn", shown.filter((event) => event.status === "denied" || event.status === "retracted")),
      this.pairs(), this.doubtful("unplaced", shown.filter((event) => !event.place)),
      this.doubtful("undated", shown.filter((event) => !event.date_start)),
      this.unresolved(), this.failures(), this.corrections(true), this.corrections(false),
    ].filter(Boolean));
    const { length } = shown;
    this.page.replaceChildren(
      el("h2", null, t("report.title")), numbersOf(shown), el("p.muted", null, t("report.notice")),
      el("p.thinned", { hidden: !DATA.thinned }, thinWords()),
      el("p.report-filtered", { hidden: length === EVENTS.length }, t("report.filtered", { shown: formatNumber(length), all: formatNumber(EVENTS.length) })),
      el("nav.report-nav", { "aria-label": t("report.contents") }, parts.map(jump)), ...parts);
  }

  documents() {
    const rows = DOCUMENTS.map((source, i) => [i + 1, outLink(source.url, source.title || source.id), source.publisher ? own(source.publisher) : "",
      source.published ? formatDay(source.published, SHORT_DAY) : "", this.told(source, FINDINGS.told[i]),
      source.notes ? own(source.notes.join("; ")) : ""]);
    return section("documents", table(["number", "document", "publisher", "published", "reports", "remarks"], rows));
  }

  /** @param {SourceDocument} source @param {number} reports @returns {Child} the number, which filters by the source */
  told(source, reports) {
    if (!reports) return formatNumber(reports || 0);
    const publisher = source.publisher || source.title || source.id;
    return el("button.link", { type: "button", "aria-label": plural("report.show-source", reports, { source: publisher }),
      onclick: () => this.act.source(publisher) }, formatNumber(reports));
  }

  sources() {
    if (!FINDINGS.copies.length) return section("sources", el("p", null, t("report.no-copies")));
    return section("sources", el("p", null, t("report.copies")), el("ul", null, FINDINGS.copies.map((group) =>
      el("li", null, documentList(group)))));
  }

  /** @param {EventRow[]} shown */
  days(shown) {
    if (!shown.length) return section("days", el("p", null, EVENTS.length ? t("counts.none") : t("report.no-events")));
    const places = [...groupBy(shown, (event) => `${event.date_start || "~"} ${event.date_end || ""} ${placeName(event) || "~"}`)]
      .sort(([a], [b]) => (a < b ? -1 : 1)).map(([, events]) => events);
    const rows = places.slice(0, MOST_ROWS).map((events, i) => {
      const day = formatWhen(events[0]), previous = i ? formatWhen(places[i - 1][0]) : "";
      return [day === previous ? "" : day, own(placeName(events[0]) || t("list.unlocated-place")), this.links(events),
        sumWords(sum(events, "killed")), sumWords(sum(events, "injured"))];
    });
    return section("days", el("p.muted", null, t("report.days-note")),
      table(["day", "place", "events", "killed", "injured"], rows, places.length));
  }

  /** @param {EventRow[]} events @returns {Child[]} */
  links(events) {
    const named = events.slice(0, MOST_LINKS).map((event) => this.link(event, typeOf(event).label));
    return events.length > MOST_LINKS ? [...named, el("span.muted", null, t("report.more", { n: formatNumber(events.length - MOST_LINKS) }))] : named;
  }

  /** @param {EventRow} event @param {string} words @returns {HTMLElement} */
  link(event, words) {
    return el("button.link.relation", { type: "button", "data-key": `report ${event.id}`,
      onclick: (/** @type {Event} */ click) => this.act.open(event, /** @type {HTMLElement} */ (click.currentTarget)) },
    symbol(typeOf(event), event.status, 15), el("span", { dir: "auto" }, words));
  }

  /** @param {EventRow[]} shown */
  figures(shown) {
    const told = shown.flatMap((event) => figuresOf(event).map(([what, words], i) => [i ? "" : this.link(event, event.title), what, words]));
    if (!told.length) return null;
    const totals = SUMMED.map((toll) => [sumWords(sum(shown, toll)), t(`details.${toll}`)]).filter(([words]) => words);
    return section("figures", totals.length ? el("p", null, t("report.totals", { figures: totals.map((total) => total.join(" ")).join(", ") })) : null,
      table(["event", "figure", "told"], told.slice(0, MOST_ROWS), told.length));
  }

  /** @param {EventRow[]} shown */
  disagreements(shown) {
    const rows = shown.flatMap((event) => (event.conflicts || []).flatMap((conflict, i) => conflict.values.map((value, j) =>
      [i + j ? "" : this.link(event, event.title), j ? "" : wordOr(`details.${conflict.field}`, conflict.field), own(value.value),
        documentList(value.document_ids.map((id) => DOCUMENT_NUMBERS.get(id) ?? -1))])));
    if (!rows.length) return section("disagreements", el("p", null, t("report.no-disagreements")));
    return section("disagreements", el("p.muted", null, t("report.disagreements-note")),
      table(["event", "figure", "value", "by"], rows.slice(0, MOST_ROWS), rows.length));
  }

  distances() {
    const distances = /** @type {Distance[]} */ (DATA.distances || []);
    if (!distances.length) return null;
    return section("distances", table(["words", "distance", "verdict", "by"], distances.slice(0, MOST_ROWS).map((distance) => [
      quotation(distance.quote), [own(distanceWords(distance)), distance.dataset && el("span.muted", null, ` (${datasetWords(distance)})`)],
      [t(`distance.${distance.verdict}`), distance.note ? [": ", own(distance.note)] : null].flat(), documentList([distance.document])]), distances.length));
  }

  pairs() {
    const known = FINDINGS.pairs.map((ids) => ids.map((id) => /** @type {EventRow} */ (EVENT_BY_ID.get(id)))).filter((pair) => pair.every(Boolean));
    if (!known.length) return null;
    return section("pairs", el("p.muted", null, t("report.pairs-note")), table(["event", "twin"],
      known.slice(0, MOST_ROWS).map((pair) => pair.map((event) => this.link(event, event.title))), known.length));
  }

  /** @param {string} key @param {EventRow[]} events what is to be taken with care, with the words that tell it */
  doubtful(key, events) {
    if (!events.length) return null;
    const rows = events.slice(0, MOST_ROWS).map((event) => {
      const claim = (event.claims || [])[0];
      return [this.link(event, event.title), claim ? quotation(claim.quote) : "",
        [event.date_text && !event.date_start ? `${t("details.date-words", { words: event.date_text })}. ` : "", (!event.date_start && event.date_rule) || ""].join(""),
        claim ? documentList([claim.document]) : ""];
    });
    const columns = key === "undated" ? ["event", "words", "reason", "by"] : ["event", "words", "by"];
    return section(key, el("p.muted", null, t(`report.${key}-note`)),
      table(columns, key === "undated" ? rows : rows.map(([event, words, , by]) => [event, words, by]), events.length));
  }

  unresolved() {
    const names = FINDINGS.unresolved;
    if (!names.length) return null;
    return section("unresolved", el("p.muted", null, t("report.unresolved-note")), table(["name", "times", "reason", "by"],
      names.slice(0, MOST_ROWS).map((name) => [own(name.text), formatNumber(name.times), name.reason ? own(name.reason) : "", documentList(name.documents)]), names.length));
  }

  failures() {
    const { failures } = FINDINGS;
    if (!failures.length) return null;
    return section("failures", table(["file", "step", "reason"], failures.slice(0, MOST_ROWS).map((failure) =>
      [own(failure.source), own(failure.stage), own(failure.message)]), failures.length));
  }

  /** @param {boolean} applied */
  corrections(applied) {
    const lines = FINDINGS.corrections.filter((one) => one.applied === applied);
    if (!lines.length) return null;
    return section(applied ? "corrections" : "idle", table(["line", "correction", "event", "author", "reason"], lines.slice(0, MOST_ROWS).map((one) => {
      const event = one.event ? EVENT_BY_ID.get(one.event) : undefined;
      return [formatNumber(one.line), own(one.note), event ? this.link(event, event.title) : own(one.event || ""), one.author ? own(one.author) : "", one.reason ? own(one.reason) : ""];
    }), lines.length));
  }
}

/** @param {EventRow[]} shown @returns {HTMLElement} the report in figures */
function numbersOf(shown) {
  const numbers = /** @type {[string, number][]} */ ([
    ["documents", DOCUMENTS.length], ["sources", FINDINGS.independent], ["events", shown.length],
    ["placed", shown.filter((event) => event.place).length], ["differ", shown.filter((event) => event.conflicts).length],
    ["failed", FINDINGS.failures.length],
  ]);
  return el("dl.report-numbers", null, numbers.filter(([key, n]) => n || key !== "failed").map(([key, n]) =>
    el("div", null, el("dt", null, t(`report.n-${key}`)), el("dd", null, formatNumber(n)))));
}

/** @param {string} key @param {...Child} children @returns {HTMLElement} */
function section(key, ...children) {
  const heading = `report-${key}`;
  return el("section.report-part", { "aria-labelledby": heading }, el("h3", { id: heading, tabindex: -1 }, t(`report.${key}`)), ...children);
}

/** @param {HTMLElement} part @returns {HTMLElement} a way to a section; the address holds the view, so it is no link */
function jump(part) {
  const heading = /** @type {HTMLElement} */ (part.firstChild);
  return el("button", { type: "button", onclick: () => { heading.scrollIntoView(); heading.focus({ preventScroll: true }); } }, heading.textContent);
}

/**
 * @param {string[]} columns
 * @param {(Child | Child[])[][]} rows
 * @param {number} [all] how many rows there would be
 * @returns {HTMLElement}
 */
function table(columns, rows, all = rows.length) {
  const body = rows.map((cells) => el("tr", null, cells.map((cell, i) =>
    el(`td.is-${columns[i]}`, cell === "" ? null : { "data-column": t(`report.c-${columns[i]}`) }, cell))));
  return el("div", null, el("table.report-table", null,
    el("thead", null, el("tr", null, columns.map((column) => el(`th.is-${column}`, { scope: "col" }, t(`report.c-${column}`))))),
    el("tbody", null, body)),
  all > rows.length && el("p.muted", null, t("report.cut", { n: formatNumber(all - rows.length) })));
}

/** @param {string} words @returns {HTMLElement} */
function quotation(words) {
  const line = words.replace(/\s+/g, " ").trim();
  return el("q", { dir: "auto" }, line.length > MOST_WORDS ? `${line.slice(0, line.lastIndexOf(" ", MOST_WORDS))} …` : line);
}

/** @param {number[]} numbers of documents @returns {HTMLElement} "3 Harbor Daily, 4 The Courier" */
function documentList(numbers) {
  return el("span.document-list", null, numbers.map((number) => {
    const source = DOCUMENTS[number];
    return source ? el("span", { dir: "auto" }, `${formatNumber(number + 1)} `, el("span.muted", null, source.publisher || source.title || source.id)) : null;
  }));
}

/** @param {EventRow} event @returns {[string, string][]} every figure told, and its spread */
function figuresOf(event) {
  const counts = (event.weapons || []).flatMap((weapon) => ["launched", "destroyed"].map((what) =>
    [`${weapon.system}, ${t(`details.${what}`)}`, formatRange(weapon[`${what}_min`], weapon[`${what}_max`])]));
  return [...tollsOf(event), .../** @type {[string, string][]} */ (counts.filter(([, words]) => words))];
}

/**
 * What the events add to a sum that counts nobody twice; null if none of them tells.
 * @param {EventRow[]} events
 * @param {string} toll
 * @returns {Sum | null}
 */
function sum(events, toll) {
  /** @type {Sum | null} */
  let total = null;
  for (const event of events) {
    const added = addition(event, toll);
    if (!added) continue;
    total = total || { low: 0, high: 0, open: false };
    total.low += added[0];
    total.high += added[1];
    total.open = total.open || added[2];
  }
  return total;
}

/** @param {EventRow} event @param {string} toll @returns {[number, number, boolean] | null} */
function addition(event, toll) {
  if (event.adds && event.adds[toll]) return event.adds[toll];
  const row = /** @type {Record<string, any>} */ (event), low = row[`${toll}_min`], high = row[`${toll}_max`];
  if (low === undefined && high === undefined) return null;
  return [low || 0, high ?? low, high === undefined];
}

/** @param {Sum | null} total @returns {string} */
function sumWords(total) {
  if (!total) return "";
  const { low, high, open } = total;
  if (low === high) return formatRange(low, open ? null : high);
  return open ? t("range.or-more", { range: formatRange(low, high) }) : formatRange(low, high);
}
