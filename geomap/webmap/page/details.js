/**
 * One event in full: what, where, when, how sure, who says so.
 */

const CLAIMS_AT_ONCE = 100;
const MOST_NAMES = 8; // of those whose words were left out

/** @type {{opener: HTMLElement | null}} */
const PANEL = { opener: null };

/**
 * @param {EventRow} event
 * @param {{open: (event: EventRow) => void, close: () => void, locate: (event: EventRow) => void, review: (event: EventRow) => HTMLElement | null}} act
 * @param {HTMLElement | null} opener element that gets the focus back
 */
function showDetails(event, act, opener) {
  const panel = byId("event-details");
  if (opener) PANEL.opener = opener;
  const type = typeOf(event);
  panel.replaceChildren(
    el("div.event-head", null,
      el("p.event-type", null, symbol(type, event.status, 20), type.label,
        el(`span.tag.is-${event.status}`, null, t(`status.${event.status}`))),
      el("button.close", { type: "button", "aria-label": t("details.close"), onclick: act.close }, closeSign())),
    el("div.event-body", { tabindex: 0, role: "group", "aria-labelledby": "event-title" },
      el("h2", { id: "event-title", dir: "auto", tabindex: -1 }, event.title),
      act.review(event),
      facts(event, act),
      conflicts(event),
      claims(event),
      leftOut(event),
      relations(event, act),
      howPlaced(event),
      surroundings(event),
      notes(event),
      corrected(event),
      el("p.permalink", null, el("a", { href: `#e=${encodeURIComponent(event.id)}` }, t("details.link")))));
  panel.hidden = false;
  byId("stage").classList.add("has-details");
  panel.querySelector("h2").focus({ preventScroll: true });
}

function hideDetails() {
  const panel = byId("event-details");
  if (panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  byId("stage").classList.remove("has-details");
  const { opener } = PANEL;
  PANEL.opener = null;
  if (!opener) return;
  const again = opener.isConnected ? opener : sameElement(opener);
  if (again) again.focus({ preventScroll: true });
}

/** @param {HTMLElement} gone @returns {HTMLElement | null} what now stands for a redrawn element */
function sameElement(gone) {
  const key = gone.dataset.key || gone.dataset.id;
  return key ? document.querySelector(`[data-key="${CSS.escape(key)}"], [data-id="${CSS.escape(key)}"]`) : null;
}

/** @returns {SVGElement} */
function closeSign() {
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: "M3 3l10 10M13 3 3 13", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" }));
}

/**
 * @param {EventRow} event
 * @param {{locate: (event: EventRow) => void}} act
 * @returns {HTMLElement}
 */
function facts(event, act) {
  /** @type {[string, Child | Child[]][]} */
  const rows = [
    [t("details.when"), when(event)],
    [t("details.where"), where(event, act)],
    [t("details.harm"), harm(event)],
    [t("details.who"), who(event)],
    [t("details.weapons"), weapons(event)],
    [t("details.sure"), sure(event)],
  ];
  return el("dl.facts", null, rows.filter(([, content]) => content).map(([name, content]) =>
    el("div", null, el("dt", null, name), el("dd", null, content))));
}

/** @param {EventRow} event @returns {Child[]} */
function when(event) {
  return [
    el("strong", null, event.date_start ? formatWhen(event) : t("details.undated")),
    event.date_text ? el("span.how", { dir: "auto" }, t("details.date-words", { words: event.date_text })) : null,
    event.date_rule ? el("span.how", null, t("details.date-rule", { rule: event.date_rule })) : null,
  ];
}

/** @param {EventRow} event @param {{locate: (event: EventRow) => void}} act @returns {Child[]} */
function where(event, act) {
  if (!event.place) return [el("strong", null, t("details.undated")), el("span.how", null, t("details.unlocated"))];
  const around = [event.admin1 !== event.place && event.admin1, event.country && countryName(event.country)].filter(Boolean);
  return [
    el("strong", { dir: "auto" }, event.place), around.length ? `, ${around.join(", ")}` : null,
    el("span.how", null, [t(`precision.${event.point ? event.geo_precision || "none" : "none"}`),
      event.radius_km && event.geo_precision !== 1 ? t("details.radius", { km: formatNumber(event.radius_km) }) : ""]
      .filter(Boolean).join(", ")),
    event.point ? el("button.link", { type: "button", onclick: () => act.locate(event) }, t("details.show-on-map")) : null,
  ];
}

/** @param {EventRow} event @returns {Child[] | null} */
function harm(event) {
  const told = tollsOf(event);
  if (!told.length) return null;
  return told.map(([name, words]) => el("span.figure", null, el("strong", null, words), ` ${name}`));
}

/** @param {EventRow} event @returns {Child[] | null} */
function who(event) {
  if (!event.attacker && !event.target) return null;
  return [event.attacker && el("span.figure", null, own(event.attacker), el("span.muted", null, ` (${t("details.attacker")})`)),
    event.target && el("span.figure", null, own(event.target), el("span.muted", null, ` (${t("details.target")})`))];
}

/**
 * Weapons with their numbers each on a line, the others together on one.
 * @param {EventRow} event
 * @returns {Child[] | null}
 */
function weapons(event) {
  if (!event.weapons || !event.weapons.length) return null;
  const counted = [], named = [];
  for (const weapon of event.weapons) {
    const counts = ["launched", "destroyed"].map((what) => {
      const words = formatRange(weapon[`${what}_min`], weapon[`${what}_max`]);
      return words && `${words} ${t(`details.${what}`)}`;
    }).filter(Boolean).join(", ");
    if (counts) counted.push(el("span.figure", null, own(weapon.system), el("span.muted", null, ` (${counts})`)));
    else named.push(weapon.system);
  }
  return [...counted, named.length ? el("span.figure", null, own(named.join(", "))) : null];
}

/** @param {EventRow} event @returns {Child[]} */
function sure(event) {
  const percent = Math.round((event.confidence || 0) * 100);
  const meter = el("span.meter", { "aria-hidden": "true" }, el("span"));
  /** @type {HTMLElement} */ (meter.firstChild).style.width = `${percent}%`;
  const words = event.n_reports === 1 ? t("details.one-report")
    : plural("details.sources", event.n_independent_sources, { reports: formatNumber(event.n_reports) });
  return [el("strong", null, t(`status.${event.status}`)), `, ${words}`,
    event.confidence === undefined ? null : el("span.how", null, meter, t("details.confidence", { percent }))];
}

/** @param {string} name @param {...Child} children @returns {HTMLElement} */
function part(name, ...children) {
  return el("section.event-part", null, el("h3", null, t(name)), ...children);
}

/** @param {EventRow} event @returns {HTMLElement | null} */
function conflicts(event) {
  if (!event.conflicts || !event.conflicts.length) return null;
  return part("details.conflicts", el("table.conflicts", null,
    el("thead", null, el("tr", null, ["field", "value", "by"].map((name) => el("th", { scope: "col" }, t(`details.${name}`))))),
    el("tbody", null, event.conflicts.flatMap((conflict) => conflict.values.map((value, i) => el("tr", null,
      i === 0 && el("th", { scope: "row", rowspan: conflict.values.length }, wordOr(`details.${conflict.field}`, conflict.field)),
      el("td", { dir: "auto" }, value.value),
      el("td", { dir: "auto" }, documentNames(value.document_ids).join(", "))))))));
}

/** @param {string} key @param {string} otherwise @returns {string} */
function wordOr(key, otherwise) {
  return Object.hasOwn(WORDS, key) ? t(key) : otherwise;
}

/** @type {Map<string, number>} */
const DOCUMENT_NUMBERS = new Map(DOCUMENTS.map((source, i) => [source.id, i]));

/** @param {string[]} ids @returns {string[]} publishers or titles */
function documentNames(ids) {
  return [...new Set(ids.map((id) => {
    const source = DOCUMENTS[DOCUMENT_NUMBERS.get(id) ?? -1];
    return (source && (source.publisher || source.title)) || id;
  }))];
}

/** @param {EventRow} event @returns {HTMLElement | null} */
function claims(event) {
  if (!event.claims || !event.claims.length) return null;
  const cards = part("details.says");
  addClaims(cards, event.claims, 0);
  return cards;
}

/** @param {EventRow} event @returns {HTMLElement | null} whose words a thinned page leaves out */
function leftOut(event) {
  const left = leftOf(event);
  if (!left.length) return null;
  const names = [...new Set(left.map(publisherOf))], more = names.length - MOST_NAMES;
  return el("p.muted.left-out", null, plural("thin.left", left.length), " ",
    own([...names.slice(0, MOST_NAMES), more > 0 ? t("report.more", { n: formatNumber(more) }) : ""].filter(Boolean).join(" · ")));
}

/** Add the next of the claims, and a button for those after them. */
function addClaims(/** @type {HTMLElement} */ cards, /** @type {Claim[]} */ told, /** @type {number} */ from) {
  const to = Math.min(told.length, from + CLAIMS_AT_ONCE), next = Math.min(CLAIMS_AT_ONCE, told.length - to);
  cards.append(...told.slice(from, to).map(claimCard));
  if (!next) return;
  const more = el("button", { type: "button", onclick: () => {
    more.remove();
    addClaims(cards, told, to);
    const first = /** @type {HTMLElement} */ (cards.querySelectorAll("figure")[to]);
    first.tabIndex = -1;
    first.focus();
  } }, t("list.more", { n: formatNumber(next) }));
  cards.append(more);
}

/** @param {Claim} claim @returns {HTMLElement} */
function claimCard(claim) {
  const source = DOCUMENTS[claim.document] || { id: "?" };
  const title = source.title || source.id;
  return el("figure.claim", null,
    el("blockquote", { dir: "auto" }, markedQuote(claim)),
    el("figcaption", null,
      claim.status && claim.status !== "reported" && el(`span.tag.is-${claim.status}`, null, t(`status.${claim.status}`)),
      claim.speaker && el("span.speaker", null, t("details.says-speaker", { speaker: claim.speaker })),
      el("span.publisher", { dir: "auto" }, publisherOf(claim)),
      title !== publisherOf(claim) || source.url ? el("span.muted", null, outLink(source.url, title)) : null,
      source.published && el("span.muted", null, t("details.published", { date: formatDay(source.published, SHORT_DAY) }))));
}

/** @param {Claim} claim @returns {Child[]} the quote, with the words that tell a field marked */
function markedQuote(claim) {
  const pieces = [];
  let at = 0;
  for (const [start, end, field] of claim.marks || []) {
    pieces.push(claim.quote.slice(at, start), el("mark", { title: wordOr(`field.${field}`, field) }, claim.quote.slice(start, end)));
    at = end;
  }
  pieces.push(claim.quote.slice(at), claim.end === undefined ? "" : "…");
  return pieces;
}

/** @param {EventRow} event @param {{open: (event: EventRow) => void}} act @returns {HTMLElement[]} */
function relations(event, act) {
  const whole = event.parent_id ? EVENT_BY_ID.get(event.parent_id) : undefined;
  const twins = (event.possible_duplicates || []).map((id) => EVENT_BY_ID.get(id));
  return /** @type {[string, (EventRow | undefined)[]][]} */ ([["details.whole", [whole]], ["details.parts", PARTS.get(event.id) || []],
    ["details.duplicates", twins]])
    .map(([name, events]) => [name, events.filter(Boolean)])
    .filter(([, events]) => events.length)
    .map(([name, events]) => part(/** @type {string} */ (name), .../** @type {EventRow[]} */ (events).map((other) =>
      el("button.link.relation", { type: "button", onclick: () => act.open(other) }, symbol(typeOf(other), other.status, 15),
        el("span", { dir: "auto" }, other.title)))));
}

/** @param {EventRow} event @returns {HTMLElement | null} */
function howPlaced(event) {
  if (!event.resolved || !event.resolved.length) return null;
  return part("details.place-how", ...event.resolved.map((row) => el("div.resolved", null,
    el("p", null, el("span", { dir: "auto" }, t("resolved.words", { words: row.words })), " → ",
      row.place ? el("strong", { dir: "auto" }, row.place) : el("em", null, t("resolved.unresolved")),
      row.relation ? ` (${row.relation})` : null),
    el("p.muted", null, [row.confidence === undefined ? "" : t("resolved.sure", { percent: Math.round(row.confidence * 100) }),
      row.how ? t(`how.${row.how}`) : "", row.rivals ? t("resolved.rivals", { names: row.rivals.join("; ") }) : "", row.note || ""]
      .filter(Boolean).join(" · ")))));
}

/** @param {EventRow} event @returns {HTMLElement | null} distances to what is near, and coordinates */
function surroundings(event) {
  if (!event.point || event.geo_precision === 3) return null;
  const leg = (/** @type {string} */ words, /** @type {string | undefined} */ name, /** @type {number | undefined} */ km, /** @type {string | undefined} */ direction) =>
    name && km !== undefined ? t(words, { name, km: formatNumber(km), direction: direction || "" }) : "";
  const lines = [
    event.nearest_city === event.place ? "" : leg("around.from", event.nearest_city, event.nearest_city_km, event.nearest_city_direction),
    leg("around.border", event.border_country && countryName(event.border_country), event.border_km, event.border_direction),
    leg("around.from", event.poi, event.poi_km, event.poi_direction),
    [event.dms, event.mgrs && `MGRS ${event.mgrs}`].filter(Boolean).join(" · "),
  ].filter(Boolean);
  return lines.length ? part("details.around", el("p.muted", null, lines.flatMap((line) => [own(line), el("br")]))) : null;
}

/** @param {EventRow} event @returns {HTMLElement | null} */
function notes(event) {
  const told = event.notes || [];
  return told.length ? part("details.notes", ...told.map((note) => el("p", { dir: "auto" }, note))) : null;
}

/** @param {EventRow} event @returns {HTMLElement | null} what people set right, and why */
function corrected(event) {
  const lines = CORRECTED.get(event.id) || [];
  return lines.length ? part("details.corrected", ...lines.map((line) => el("p", { dir: "auto" }, line.note,
    el("span.muted", null, [line.author, line.reason].filter(Boolean).map((words) => ` · ${words}`))))) : null;
}
