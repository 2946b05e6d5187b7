/**
 * The interface's words, and how numbers and dates are written.
 * All scripts of the page share one scope: the build wraps them in a single function.
 */

/**
 * Read a JSON block of the page.
 * @param {string} id
 * @returns {any}
 */
function readBlock(id) {
  const block = document.getElementById(id);
  return JSON.parse((block && block.textContent) || "{}");
}

/** @type {Record<string, string>} */
const WORDS = readBlock("geomap-words");
const LANGUAGE = document.documentElement.lang || "en";

/**
 * The words for `key`, with `{name}` replaced by `values.name`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
function t(key, values) {
  const words = Object.hasOwn(WORDS, key) ? WORDS[key] : key;
  if (!values) return words;
  return words.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole);
}

const PLURAL = new Intl.PluralRules(LANGUAGE);

/**
 * The words for a number of things: those of `key.one`, `key.few` … where the language has them, else of `key`.
 * @param {string} key
 * @param {number} n put in for `{n}`
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
function plural(key, n, values) {
  const form = `${key}.${PLURAL.select(n)}`;
  return t(Object.hasOwn(WORDS, form) ? form : key, { ...values, n: formatNumber(n) });
}

const NUMBER = new Intl.NumberFormat(LANGUAGE);
const DAY = new Intl.DateTimeFormat(LANGUAGE,
  { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat(LANGUAGE,
  { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat(LANGUAGE,
  { month: "long", year: "numeric", timeZone: "UTC" });

const COUNTRY_NAMES = new Intl.DisplayNames([LANGUAGE], { type: "region", fallback: "code" });
/** @type {Map<string, string>} */
const KNOWN_COUNTRIES = new Map();

/** @param {string} code ISO 3166-1 alpha-2 @returns {string} */
function countryName(code) {
  if (!/^[A-Z]{2}$/.test(code)) return code || t("list.unlocated-place");
  const name = KNOWN_COUNTRIES.get(code) || COUNTRY_NAMES.of(code) || code;
  KNOWN_COUNTRIES.set(code, name);
  return name;
}

/** @param {number} value @returns {string} */
const formatNumber = (value) => NUMBER.format(value);

/**
 * @param {string | undefined} day ISO 8601 full date
 * @param {Intl.DateTimeFormat} [format]
 * @returns {string}
 */
function formatDay(day, format = DAY) {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? String(day || "") : format.format(time);
}

/**
 * When an event was, in words that do not pretend to more than is known.
 * @param {EventRow} event
 * @param {Intl.DateTimeFormat} [format]
 * @returns {string}
 */
function formatWhen(event, format = DAY) {
  const first = event.date_start, last = event.date_end || first;
  if (!first || !last) return t("list.undated");
  if (first === last) return formatDay(first, format);
  if (event.time_precision === 3 && first.slice(0, 7) === last.slice(0, 7)) {
    return t("when.month", { month: formatDay(first, MONTH) });
  }
  return t("when.range", { from: formatDay(first, SHORT_DAY), to: formatDay(last, SHORT_DAY) });
}

/**
 * A count as told: "22", "at least 22", "22 to 25"; "" where it is not known.
 * @param {number | undefined | null} low
 * @param {number | undefined | null} high
 * @returns {string}
 */
function formatRange(low, high) {
  const knows = (/** @type {any} */ value) => typeof value === "number";
  if (knows(low) && knows(high)) {
    return low === high ? formatNumber(/** @type {number} */ (low))
      : t("range.between", { low: formatNumber(/** @type {number} */ (low)), high: formatNumber(/** @type {number} */ (high)) });
  }
  if (knows(low)) return t("range.at-least", { n: formatNumber(/** @type {number} */ (low)) });
  if (knows(high)) return t("range.up-to", { n: formatNumber(/** @type {number} */ (high)) });
  return "";
}
