/**
 * Review: corrections made in the page, saved as the `corrections.csv` that a rebuild applies
 * (docs/merging.md has its columns). They are kept in the browser until they are saved, and go
 * nowhere else.
 *
 * @typedef {Object} Correction
 * @property {"reject" | "set" | "merge"} action
 * @property {string} event_id
 * @property {string} field "" where the action has none
 * @property {string} value
 * @property {string} reason
 */

const CORRECTION_COLUMNS = ["action", "event_id", "document_id", "start", "end", "field", "value", "author", "reason"];
const MOST_TWINS = 150; // events offered as "the same as", those of the nearest days first

class Review {
  /**
   * @param {any} map
   * @param {() => void} changed
   * @param {(words: string) => void} say
   */
  constructor(map, changed, say) {
    this.map = map;
    this.changed = changed;
    this.say = say;
    this.on = false;
    this.store = `geomap corrections ${location.pathname}`;
    /** @type {Correction[]} */
    this.corrections = this.load();
    this.bar = byId("review-bar");
  }

  /** @returns {Correction[]} what an earlier visit left, if the browser keeps anything */
  load() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(this.store) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && EVENT_BY_ID.has(one.event_id)) : [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      window.localStorage.setItem(this.store, JSON.stringify(this.corrections));
    } catch {
      // A browser that keeps nothing still has them until the page is closed.
    }
  }

  /** @param {boolean} on */
  turn(on) {
    this.on = on;
    byId("review-switch").setAttribute("aria-pressed", String(on));
    this.draw();
  }

  /**
   * @param {EventRow} event
   * @param {Correction["action"]} action
   * @param {string} field
   * @param {string} value
   */
  add(event, action, field, value) {
    const reason = /** @type {HTMLInputElement | null} */ (document.getElementById("review-reason"));
    this.corrections = this.corrections.filter((one) => one.event_id !== event.id || one.action !== action || one.field !== field);
    this.corrections.push({ action, event_id: event.id, field, value, reason: reason ? reason.value : "" });
    this.say(`${event.title}: ${this.words({ action, event_id: event.id, field, value, reason: "" })}`);
    this.keep();
    this.draw();
    this.changed();
  }

  undo() {
    this.corrections.pop();
    this.keep();
    this.draw();
    this.changed();
  }

  /** @param {Correction} correction @returns {string} */
  words(correction) {
    const { action, field, value } = correction;
    if (action === "reject") return t("review.done.drop");
    if (action === "merge") return t("review.done.merge", { value: (EVENT_BY_ID.get(value) || { title: value }).title });
    return field === "type" ? t("review.done.type", { value: (TYPES[value] || { label: value }).label })
      : t("review.done.point", { value });
  }

  /** @param {EventRow} event @returns {string[]} what was corrected in it */
  of(event) {
    return this.corrections.filter((one) => one.event_id === event.id).map((one) => this.words(one));
  }

  draw() {
    this.bar.hidden = !this.on;
    if (!this.on) return;
    const n = this.corrections.length;
    this.bar.replaceChildren(
      el("h3", null, t("review.title")),
      el("p.muted", { role: "status" }, n ? plural("review.count", n) : t("review.none")),
      el("div.review-buttons", null,
        el("button", { type: "button", disabled: !n, onclick: () => save("corrections.csv", this.toCsv(), "text/csv") }, t("review.download")),
        el("button", { type: "button", disabled: !n, onclick: () => this.undo() }, t("review.undo"))),
      el("p.muted", null, t("review.note")));
  }

  /** @returns {string} */
  toCsv() {
    const lines = this.corrections.map((one) => {
      const event = EVENT_BY_ID.get(one.event_id);
      const claim = event && event.claims && event.claims[0];
      const source = claim && DOCUMENTS[claim.document];
      return [one.action, one.event_id, source ? source.id : "", claim ? claim.start : "", claim ? endOf(claim) : "",
        one.field, one.value, "", one.reason];
    });
    return [CORRECTION_COLUMNS, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
  }

  /** @param {EventRow} event @returns {HTMLElement | null} the controls for one event */
  form(event) {
    if (!this.on) return null;
    const types = el("select", { id: "review-type", onchange: (/** @type {Event} */ change) => {
      const { value } = /** @type {HTMLSelectElement} */ (change.target);
      if (value) this.add(event, "set", "type", value);
    } }, el("option", { value: "" }, t("review.choose")),
    Object.entries(DATA.all_types || {}).filter(([name]) => name !== event.type).map(([name, label]) => el("option", { value: name }, String(label))));
    const twins = el("select", { id: "review-twin", onchange: (/** @type {Event} */ change) => {
      const { value } = /** @type {HTMLSelectElement} */ (change.target);
      if (value) this.add(event, "merge", "", value);
    } }, el("option", { value: "" }, t("review.choose")),
    nearestInTime(event).map((other) => el("option", { value: other.id }, `${formatWhen(other, SHORT_DAY)} · ${other.title}`)));
    return el("section.review-form", { "aria-labelledby": "review-heading" },
      el("h3", { id: "review-heading" }, t("review.heading")),
      el("div.review-buttons", null,
        el("button", { type: "button", onclick: () => this.add(event, "reject", "", "") }, t("review.wrong")),
        el("button", { type: "button", onclick: () => this.move(event) }, t("review.move"))),
      el("label.field", { for: "review-type" }, el("span", null, t("review.type")), types),
      el("label.field", { for: "review-twin" }, el("span", null, t("review.merge")), twins),
      el("label.field", { for: "review-reason" }, el("span", null, t("review.reason")), el("input", { id: "review-reason", type: "text", autocomplete: "off" })),
      el("ul.review-done", null, this.of(event).map((words) => el("li", null, words))));
  }

  /**
   * Let the next click on the map, or Enter for its center, say where the event was.
   * @param {EventRow} event
   */
  move(event) {
    const { map } = this, frame = map.getContainer();
    const stop = () => {
      frame.classList.remove("is-picking");
      map.off("click", pick);
      frame.removeEventListener("keydown", press, true);
    };
    const put = (/** @type {{lat: number, lng: number}} */ at) => {
      stop();
      this.add(event, "set", "place", `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`);
    };
    const pick = (/** @type {any} */ click) => put(click.latlng.wrap());
    const press = (/** @type {KeyboardEvent} */ key) => {
      if (key.key === "Enter") put(map.getCenter().wrap());
      if (key.key === "Enter" || key.key === "Escape") {
        key.stopPropagation();
        stop();
      }
    };
    frame.classList.add("is-picking");
    map.on("click", pick);
    frame.addEventListener("keydown", press, true);
    frame.focus();
    this.say(t("review.moving"));
  }
}

/** @param {EventRow} event @returns {EventRow[]} */
function nearestInTime(event) {
  const far = (/** @type {EventRow} */ other) => Math.abs(other.firstDay - event.firstDay);
  return EVENTS.filter((other) => other !== event)
    .sort((a, b) => (Number.isNaN(far(a)) ? 1e9 : far(a)) - (Number.isNaN(far(b)) ? 1e9 : far(b)) || a.index - b.index)
    .slice(0, MOST_TWINS);
}
