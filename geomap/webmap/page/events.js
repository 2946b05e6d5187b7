/**
 * The events of the build, read once and made ready for filtering.
 *
 * @typedef {Object} Claim who says so, in which words
 * @property {number} document index of the document, -1 if unknown
 * @property {string} [publisher] where the document does not tell it
 * @property {string} [speaker]
 * @property {string} [status] absent: reported
 * @property {string} quote
 * @property {[number, number, string][]} [marks] where in the quote which field is told
 * @property {number} start code point offset in the document; the end follows from the quote
 * @property {number} [end] of a quote that was cut
 *
 * @typedef {Object} Resolved how the words for a place were read
 * @property {string} words
 * @property {string} [place]
 * @property {string} [kind]
 * @property {number} [confidence]
 * @property {string} [source]
 * @property {string} [relation]
 * @property {string} [how]
 * @property {string[]} [rivals]
 * @property {string} [note]
 *
 * @typedef {Object} EventData an event as the build wrote it; what is unknown is absent
 * @property {string} id
 * @property {string} type
 * @property {string} title
 * @property {string} [date_start]
 * @property {string} [date_end] the build leaves out what equals date_start
 * @property {number} [time_precision]
 * @property {string} [date_text]
 * @property {string} [date_rule]
 * @property {string} [place]
 * @property {string} [place_kind]
 * @property {string} [admin1]
 * @property {string} [country]
 * @property {number} [geo_precision]
 * @property {number} [radius_km]
 * @property {{place?: string, name?: string}[]} [other_places]
 * @property {string} [nearest_city]
 * @property {number} [nearest_city_km]
 * @property {string} [nearest_city_direction]
 * @property {string} [border_country] ISO 3166-1 alpha-2
 * @property {number} [border_km]
 * @property {string} [border_direction]
 * @property {string} [poi]
 * @property {number} [poi_km]
 * @property {string} [poi_direction]
 * @property {string} [dms]
 * @property {string} [mgrs]
 * @property {string} [attacker]
 * @property {string} [target]
 * @property {Record<string, any>[]} [weapons]
 * @property {number} [killed_min]
 * @property {number} [killed_max]
 * @property {number} [injured_min]
 * @property {number} [injured_max]
 * @property {string} status
 * @property {number} n_reports the build leaves out a 1
 * @property {number} n_independent_sources likewise
 * @property {{field: string, values: {value: string, document_ids: string[]}[]}[]} [conflicts]
 * @property {string} [parent_id]
 * @property {number} [confidence]
 * @property {Claim[]} [claims]
 * @property {number[]} [left] the documents of further claims, which a thinned page leaves out
 * @property {number} [where] row of its run's `where`, whose fields are put into the event
 * @property {number} [when] likewise
 * @property {[number, number]} [point] lon, lat
 * @property {number} [area] index of the shape that the event lies in or along
 * @property {number} [within] index of the first-level area that it lies in
 * @property {Resolved[]} [resolved]
 * @property {string[]} [notes]
 * @property {string[]} [possible_duplicates]
 * @property {Record<string, [number | null, number | null]>} [harmed] missing, displaced, detained
 * @property {Record<string, [number, number, boolean]>} [adds] by toll, what it adds to a sum where
 *   that is not its own figure: lowest, highest, whether it may be more
 *
 * @typedef {Object} Run some events after one another; documents, areas and first-level areas are numbered within it
 * @property {EventData[]} events
 * @property {Partial<EventData>[]} where what several of them have in common
 * @property {Partial<EventData>[]} when likewise
 *
 * @typedef {Object} Derived what the page adds
 * @property {number} index
 * @property {number} x Web Mercator, 0 to 1 from west to east; NaN without a place
 * @property {number} y 0 to 1 from north to south
 * @property {number} harm killed and injured, the highest figures told; 0 draws the smallest mark
 * @property {number} firstDay days since 1970; NaN without a date
 * @property {number} lastDay
 *
 * @typedef {EventData & Derived} EventRow
 *
 * @typedef {{label: string, family: string, color: string, icon: string}} EventType
 * @typedef {{id: string, title?: string, publisher?: string, published?: string, url?: string, notes?: string[]}} SourceDocument
 * @typedef {{rings: number[][][], lines: number[][]}} EncodedShape
 */

/** @type {SourceDocument[]} */
const DOCUMENTS = (DATA.documents || []).slice(1);
/** @type {Record<string, EventType>} */
const TYPES = DATA.types || {};
/** @type {EventRow[]} */
const EVENTS = (DATA.runs || []).slice(1).flatMap(unfold).map(derive);
/** @type {Map<string, EventRow>} */
const EVENT_BY_ID = new Map(EVENTS.map((event) => [event.id, event]));
/** @type {Map<string, EventRow[]>} */
const PARTS = groupBy(EVENTS.filter((event) => event.parent_id), (event) => String(event.parent_id));

/**
 * Put into the events of a run what several have in common, and the page's own numbers in place of the run's.
 * @param {Run} run
 * @param {number} number
 * @returns {EventData[]}
 */
function unfold(run, number) {
  const [documents, areas, districts] = DATA.refs[number];
  for (const row of run.where) {
    if (row.area !== undefined) row.area = areas[row.area];
    if (row.within !== undefined) row.within = districts[row.within] ?? undefined;
  }
  for (const event of run.events) {
    if (event.where !== undefined) Object.assign(event, run.where[event.where]);
    if (event.when !== undefined) Object.assign(event, run.when[event.when]);
    for (const claim of event.claims || []) if (claim.document >= 0) claim.document = documents[claim.document];
    if (event.left) event.left = event.left.map((document) => documents[document] ?? -1);
  }
  return run.events;
}

/**
 * @param {EventData} event
 * @param {number} index
 * @returns {EventRow}
 */
function derive(event, index) {
  event.n_reports = event.n_reports || 1;
  event.n_independent_sources = event.n_independent_sources || 1;
  event.date_end = event.date_end || event.date_start;
  const [x, y] = event.point ? mercator(event.point[0], event.point[1]) : [NaN, NaN];
  const firstDay = dayNumber(event.date_start);
  const lastDay = dayNumber(event.date_end);
  const harm = Math.max(event.killed_max || 0, event.killed_min || 0)
    + Math.max(event.injured_max || 0, event.injured_min || 0);
  const row = /** @type {EventRow} */ (event);
  row.index = index;
  row.x = x;
  row.y = y;
  row.harm = harm;
  row.firstDay = firstDay;
  row.lastDay = lastDay;
  return row;
}

/**
 * Web Mercator (EPSG:3857) scaled to the unit square.
 * @param {number} lon
 * @param {number} lat
 * @returns {[number, number]}
 */
function mercator(lon, lat) {
  const limit = 85.0511; // degrees of latitude; the projection ends there
  const sine = Math.sin(Math.max(-limit, Math.min(limit, lat)) * Math.PI / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** @param {string | undefined} day @returns {number} days since 1970-01-01 */
function dayNumber(day) {
  return day ? Math.round(Date.parse(`${day}T00:00:00Z`) / 86400000) : NaN;
}

/** @param {number} number @returns {string} ISO 8601 full date */
function dayName(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} key
 * @returns {Map<string, T[]>}
 */
function groupBy(items, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** @param {EventRow} event @returns {EventType} */
function typeOf(event) {
  return TYPES[event.type] || { label: event.type, family: "", color: "#666666", icon: "circle" };
}

/** @param {Claim} claim @returns {number} code point offset after the quote */
function endOf(claim) {
  return claim.end === undefined ? claim.start + [...claim.quote].length : claim.end;
}

/** @param {{document: number, publisher?: string}} claim @returns {string} who published it */
function publisherOf(claim) {
  const source = DOCUMENTS[claim.document];
  return claim.publisher || (source && (source.publisher || source.title || source.id)) || "?";
}

/** @param {EventRow} event @returns {string[]} publishers, each once */
function publishersOf(event) {
  return [...new Set([...event.claims || [], ...leftOf(event)].map(publisherOf))];
}

/** @param {EventRow} event @returns {{document: number}[]} claims of which the page holds no words */
function leftOf(event) {
  return (event.left || []).map((document) => ({ document }));
}

/** @returns {string} what a thinned page leaves out, empty where it holds everything */
function thinWords() {
  if (!DATA.thinned) return "";
  return DATA.thinned.cut ? t("thin.cut") : t("thin.claims", { n: formatNumber(DATA.thinned.claims) });
}

/** @param {EventRow} event @returns {string} "Podil, Kyiv City, Ukraine" */
function placeName(event) {
  const parts = [event.place, event.admin1, event.country && countryName(event.country)].filter(Boolean);
  return [...new Set(parts)].join(", ");
}

/** @param {EventRow} event @returns {[string, string][]} what became of people, and how many: ["killed", "22 to 25"] */
function tollsOf(event) {
  const told = [["killed", event.killed_min, event.killed_max], ["injured", event.injured_min, event.injured_max],
    ...Object.entries(event.harmed || {}).map(([name, [low, high]]) => [name, low, high])];
  return /** @type {[string, string][]} */ (told.map(([name, low, high]) =>
    [t(`details.${name}`), formatRange(/** @type {any} */ (low), /** @type {any} */ (high))]).filter(([, words]) => words));
}

/** @param {EventRow} event @returns {string} "25 killed, at least 100 injured" */
function harmWords(event) {
  const killed = formatRange(event.killed_min, event.killed_max);
  const injured = formatRange(event.injured_min, event.injured_max);
  return [killed && `${killed} ${t("details.killed")}`,
    injured && `${injured} ${t("details.injured")}`].filter(Boolean).join(", ");
}
