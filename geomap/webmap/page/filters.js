/**
 * Which events are shown: one state, one pass over the events, counts for every choice.
 *
 * @typedef {Object} FilterState
 * @property {string} query
 * @property {Set<string>} types empty: all
 * @property {Record<string, string>} chosen by facet; absent: any
 * @property {[number, number] | null} days first and last, days since 1970; null: all
 *
 * @typedef {Object} Facet
 * @property {string} key also the name in the page's address
 * @property {(event: EventRow) => (string | number)[]} values
 * @property {(value: string) => string} label
 * @property {boolean} [ordered] options in the order given, not by count
 * @property {string[]} [options]
 *
 * @typedef {Object} Filtered
 * @property {EventRow[]} shown
 * @property {Map<string, number>} typeCounts under all other filters
 * @property {Map<string, Map<string, number>>} facetCounts by facet and value, under all others
 * @property {EventRow[]} inAllDays what would be shown without the choice of days
 */

const HARM_STEPS = ["1", "10", "50", "100"];

/** @type {Facet[]} */
const FACETS = [
  { key: "place", values: (event) => [event.place || ""], label: (value) => value || t("list.unlocated-place") },
  { key: "country", values: (event) => [event.country || ""], label: countryName },
  { key: "actor", values: (event) => both(event.attacker, event.target), label: (value) => value },
  { key: "weapon", values: (event) => (event.weapons || []).map((weapon) => weapon.system), label: (value) => value },
  { key: "source", values: publishersOf, label: (value) => value },
  { key: "status", values: (event) => [event.status], label: (value) => t(`status.${value}`) },
  { key: "precision", values: (event) => [event.point ? event.geo_precision || "none" : "none"],
    label: (value) => t(`precision.${value}`), ordered: true, options: ["1", "2", "3", "none"] },
  { key: "harmed", values: (event) => HARM_STEPS.filter((step) => event.harm >= Number(step)),
    label: (value) => t(`harmed.${value}`), ordered: true, options: HARM_STEPS },
];

/** @param {...(string | undefined)} names @returns {string[]} */
function both(...names) {
  return /** @type {string[]} */ ([...new Set(names.filter(Boolean))]);
}

const COUNTRY_NAMES = new Intl.DisplayNames([LANGUAGE], { type: "region", fallback: "code" });

/** @param {string} code ISO 3166-1 alpha-2 @returns {string} */
function countryName(code) {
  if (!/^[A-Z]{2}$/.test(code)) return code || t("list.unlocated-place");
  return COUNTRY_NAMES.of(code) || code;
}

/** @returns {FilterState} */
function noFilter() {
  return { query: "", types: new Set(), chosen: {}, days: null };
}

/** @param {FilterState} state @returns {boolean} */
function isFiltered(state) {
  return Boolean(state.query.trim() || state.types.size || state.days || Object.keys(state.chosen).length);
}

/** Facet values and searchable text of every event, made when first needed. */
const INDEX = {
  /** @type {string[][][] | null} */ facets: null,
  /** @type {string[] | null} */ texts: null,
};

/** @returns {string[][][]} values by facet and event */
function facetIndex() {
  INDEX.facets = INDEX.facets || FACETS.map((facet) =>
    EVENTS.map((event) => facet.values(event).map(String)));
  return INDEX.facets;
}

/** @returns {string[]} */
function textIndex() {
  INDEX.texts = INDEX.texts || EVENTS.map((event) => foldText([
    event.title, typeOf(event).label, event.place, event.admin1, countryName(event.country || ""),
    event.attacker, event.target, event.date_text, event.status,
    ...(event.weapons || []).map((weapon) => weapon.system),
    ...(event.claims || []).flatMap((claim) => [claim.quote, claim.speaker, publisherOf(claim)]),
  ].filter(Boolean).join("\n")));
  return INDEX.texts;
}

/** @param {string} text @returns {string} without case and accents */
function foldText(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

/**
 * @param {FilterState} state
 * @returns {Filtered}
 */
function select(state) {
  const words = foldText(state.query).split(/\s+/).filter(Boolean);
  const texts = words.length ? textIndex() : [];
  const index = facetIndex();
  const wanted = FACETS.map((facet) => state.chosen[facet.key]);
  /** @type {Filtered} */
  const selection = { shown: [], typeCounts: new Map(), inAllDays: [],
    facetCounts: new Map(FACETS.map((facet) => [facet.key, new Map()])) };
  const counts = FACETS.map((facet) => /** @type {Map<string, number>} */ (selection.facetCounts.get(facet.key)));

  for (const event of EVENTS) {
    if (words.length && !words.every((word) => texts[event.index].includes(word))) continue;
    // Which of the choices the event fails: none, one (`failed` says which) or several.
    let failures = 0, failed = -1;
    for (let facet = 0; facet < FACETS.length; facet += 1) {
      const want = wanted[facet];
      if (want !== undefined && !index[facet][event.index].includes(want)) { failures += 1; failed = facet; }
    }
    const typeFails = state.types.size > 0 && !state.types.has(event.type);
    const dayFails = !inDays(event, state.days);
    if (failures + Number(typeFails) + Number(dayFails) > 1) continue;
    if (!failures && !dayFails) count(selection.typeCounts, event.type);
    if (!failures && !typeFails) selection.inAllDays.push(event);
    if (typeFails || dayFails) continue;
    for (let facet = 0; facet < FACETS.length; facet += 1) {
      if (failures && failed !== facet) continue;
      for (const value of index[facet][event.index]) count(counts[facet], value);
    }
    if (!failures) selection.shown.push(event);
  }
  return selection;
}

/**
 * Whether an event may have happened in these days. One without a date shows with all days only.
 * @param {EventRow} event
 * @param {[number, number] | null} days
 * @returns {boolean}
 */
function inDays(event, days) {
  return !days || (event.lastDay >= days[0] && event.firstDay <= days[1]);
}

/** @param {Map<string, number>} counts @param {string} value */
function count(counts, value) {
  counts.set(value, (counts.get(value) || 0) + 1);
}

/** @type {Record<string, (a: EventRow, b: EventRow) => number>} */
const ORDERS = {
  newest: (a, b) => lastFirst(a.firstDay, b.firstDay) || b.harm - a.harm || a.index - b.index,
  oldest: (a, b) => lastFirst(-a.firstDay, -b.firstDay) || a.index - b.index,
  harm: (a, b) => b.harm - a.harm || a.index - b.index,
  sure: (a, b) => (b.confidence || 0) - (a.confidence || 0) || a.index - b.index,
  place: (a, b) => (placeName(a) || "\uffff").localeCompare(placeName(b) || "\uffff", LANGUAGE) || a.index - b.index,
};

/**
 * Larger first; what is not known last.
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function lastFirst(a, b) {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
