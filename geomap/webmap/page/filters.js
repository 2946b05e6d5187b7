/**
 * Which events are shown: one state, a pass over the events, and counts for every choice.
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
  /** @type {Map<string, string[][]>} */ facets: new Map(),
  /** @type {string[] | null} */ texts: null,
};

/** @param {Facet} facet @returns {string[][]} values by event */
function facetIndex(facet) {
  let index = INDEX.facets.get(facet.key);
  if (!index) {
    index = EVENTS.map((event) => facet.values(event).map(String));
    INDEX.facets.set(facet.key, index);
  }
  return index;
}

/** @returns {string[]} */
function textIndex() {
  INDEX.texts = INDEX.texts || EVENTS.map((event) => foldText([
    event.title, typeOf(event).label, event.place, event.place_kind, event.admin1, countryName(event.country || ""),
    event.attacker, event.target, event.date_text, event.status,
    ...(event.weapons || []).map((weapon) => weapon.system),
    ...(event.claims || []).flatMap((claim) => [claim.quote, claim.speaker]), ...publishersOf(event),
  ].filter(Boolean).join("\n")));
  return INDEX.texts;
}

/** @param {string} text @returns {string} without case and accents */
function foldText(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}

/**
 * Count, for each event, the choices that it fails, and call `visit` for those that fail one at most.
 * @param {FilterState} state
 * @param {(event: EventRow, failed: string) => void} visit `failed` is "", "type", "days" or a facet
 */
function forEachNear(state, visit) {
  const words = foldText(state.query).split(/\s+/).filter(Boolean);
  const texts = words.length ? textIndex() : [];
  const chosen = FACETS.filter((facet) => Object.hasOwn(state.chosen, facet.key));
  const wanted = chosen.map((facet) => state.chosen[facet.key]), indexes = chosen.map(facetIndex);
  for (const event of EVENTS) {
    if (words.length && !words.every((word) => texts[event.index].includes(word))) continue;
    let failed = "", failures = 0;
    for (let i = 0; i < chosen.length; i += 1) {
      if (!indexes[i][event.index].includes(wanted[i])) { failures += 1; failed = chosen[i].key; }
    }
    if (state.types.size && !state.types.has(event.type)) { failures += 1; failed = "type"; }
    if (!inDays(event, state.days)) { failures += 1; failed = "days"; }
    if (failures < 2) visit(event, failed);
  }
}

/**
 * @param {FilterState} state
 * @returns {Filtered}
 */
function select(state) {
  /** @type {Filtered} */
  const found = { shown: [], typeCounts: new Map(), inAllDays: [] };
  forEachNear(state, (event, failed) => {
    if (!failed) found.shown.push(event);
    if (!failed || failed === "days") found.inAllDays.push(event);
    if (!failed || failed === "type") count(found.typeCounts, event.type);
  });
  return found;
}

/**
 * How many events each value of each facet would leave, under all other choices.
 * @param {FilterState} state
 * @returns {Map<string, Map<string, number>>} by facet and value
 */
function countFacets(state) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map(FACETS.map((facet) => [facet.key, new Map()]));
  const all = FACETS.map((facet) => ({ key: facet.key, index: facetIndex(facet),
    counts: /** @type {Map<string, number>} */ (counts.get(facet.key)) }));
  forEachNear(state, (event, failed) => {
    for (const facet of all) {
      if (failed && failed !== facet.key) continue;
      for (const value of facet.index[event.index]) count(facet.counts, value);
    }
  });
  return counts;
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
  place: (a, b) => (placeName(a) || "\uFFFF").localeCompare(placeName(b) || "\uFFFF", LANGUAGE) || a.index - b.index,
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
