/**
 * What filters: the selects above the map, and the legend, whose types are switches.
 */

/** The choices above the map: one select for each facet that can tell events apart. */
class FacetControls {
  /**
   * @param {HTMLElement} frame
   * @param {(key: string, value: string | null) => void} choose
   */
  constructor(frame, choose) {
    /** @type {Map<string, HTMLSelectElement>} */
    this.selects = new Map();
    for (const facet of FACETS) {
      const select = /** @type {HTMLSelectElement} */ (el("select", { id: `filter-${facet.key}`,
        onchange: (/** @type {Event} */ change) => {
          const index = /** @type {HTMLSelectElement} */ (change.target).selectedIndex;
          choose(facet.key, index > 0 ? select.options[index].value : null);
        } }));
      this.selects.set(facet.key, select);
      frame.append(el("label.field", { for: select.id }, el("span", null, t(`filter.${facet.key}`)), select));
    }
  }

  /** @param {FilterState} filter @param {Map<string, Map<string, number>>} facetCounts */
  show(filter, facetCounts) {
    for (const facet of FACETS) {
      const select = /** @type {HTMLSelectElement} */ (this.selects.get(facet.key));
      const counts = /** @type {Map<string, number>} */ (facetCounts.get(facet.key));
      if (!isFiltered(filter)) /** @type {HTMLElement} */ (select.parentElement).hidden = counts.size === 0;
      const chosen = filter.chosen[facet.key];
      const values = facetOptions(facet, counts, chosen);
      // The empty value of "not known" is not the empty value of "any": options go by position.
      select.replaceChildren(el("option", { value: "" }, t("filter.any")), ...values.map((value) =>
        el("option", { value, selected: value === chosen }, `${facet.label(value)} (${formatNumber(counts.get(value) || 0)})`)));
      select.classList.toggle("is-set", chosen !== undefined);
    }
  }
}

/** @param {EventRow[]} shown @returns {string} "12 of 35 events · 10 on the map, 2 listed only" */
function countWords(shown) {
  if (!EVENTS.length) return t("report.no-events");
  if (!shown.length) return t("counts.none");
  const unlocated = shown.filter((event) => !event.point).length, located = formatNumber(shown.length - unlocated);
  const all = shown.length === EVENTS.length;
  return [all ? plural("counts.all", EVENTS.length) : plural("counts", EVENTS.length, { shown: formatNumber(shown.length) }),
    all && DOCUMENTS.length ? plural("counts.documents", DOCUMENTS.length) : "",
    unlocated ? t("counts.map", { located, unlocated: formatNumber(unlocated) }) : t("counts.located"),
  ].filter(Boolean).join(" · ");
}

const MOST_OPTIONS = 300;

/**
 * @param {Facet} facet
 * @param {Map<string, number>} counts
 * @param {string | undefined} chosen
 * @returns {string[]}
 */
function facetOptions(facet, counts, chosen) {
  const values = facet.options ? facet.options.filter((value) => counts.has(value))
    : [...counts.keys()].sort((a, b) => Number(a === "") - Number(b === "") || (counts.get(b) || 0) - (counts.get(a) || 0)
      || facet.label(a).localeCompare(facet.label(b), LANGUAGE)).slice(0, MOST_OPTIONS);
  return chosen === undefined || values.includes(chosen) ? values : [chosen, ...values];
}

/** Types with their marks, which are also the filter by type, and how to read a mark. */
class Legend {
  /**
   * @param {HTMLElement} frame
   * @param {(type: string) => void} toggle
   * @param {(sized: boolean) => void} size
   */
  constructor(frame, toggle, size) {
    /** @type {Map<string, HTMLElement>} */
    this.buttons = new Map();
    for (const [name, type] of Object.entries(TYPES)) {
      this.buttons.set(name, el("button.type", { type: "button", "aria-pressed": "false", onclick: () => toggle(name) },
        symbol(type, "reported", 18), el("span.type-label", null, type.label), el("span.type-count")));
    }
    this.check = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: "sized", checked: true,
      onchange: () => size(this.check.checked) }));
    const example = { label: "", family: "", color: "#5b6770", icon: "circle" };
    const key = (/** @type {Node} */ drawing, /** @type {string} */ words) => el("span.key", null, drawing, t(words));
    const hint = el("p.legend-hint", { hidden: this.buttons.size < 2 }, t("legend.types-hint"));
    frame.append(
      el("div.types", { role: "group", "aria-label": t("legend.types") }, [...this.buttons.values()]),
      hint,
      el("details.legend-how", null, el("summary", null, t("legend.marks")), el("div.keys", null,
        key(symbol(example, "claimed", 17), "legend.claimed"), key(symbol(example, "disputed", 17), "legend.disputed"),
        key(symbol(example, "retracted", 17), "legend.retracted"), key(el("span.key-area"), "legend.area"),
        key(el("span.key-radius"), "legend.near"), key(el("span.key-border"), "legend.disputed-border"))),
      el("label.check", { for: "sized" }, this.check, t("legend.size")));
  }

  /** @param {boolean} sized */
  setSized(sized) {
    this.check.checked = sized;
  }

  /** @param {FilterState} filter @param {Filtered} selection */
  show(filter, selection) {
    for (const [name, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(filter.types.has(name)));
      button.classList.toggle("is-out", filter.types.size > 0 && !filter.types.has(name));
      const count = /** @type {HTMLElement} */ (button.lastElementChild);
      count.textContent = formatNumber(selection.typeCounts.get(name) || 0);
    }
  }
}
