/**
 * The histogram of days that is also the slider. Its steps are days with events between them; a
 * longer run of days without any is one narrow step, so that one old event does not press the rest
 * into a single bar.
 *
 * @typedef {{first: number, last: number, gap: boolean}} Bin days since 1970
 */

const GAP_DAYS = 10; // a run of more empty days is drawn as one step
const MOST_BINS = 420; // with more days than this, a step is a week, a month or a year
const PLAY_MILLISECONDS = 800;
const BARS_HEIGHT = 56;
const LABEL_PIXELS = 116;

/**
 * The steps of the timeline.
 * @param {EventRow[]} events
 * @returns {Bin[]}
 */
function makeBins(events) {
  const days = new Set();
  for (const event of events) {
    if (Number.isNaN(event.firstDay)) continue;
    days.add(event.firstDay);
    days.add(event.lastDay);
  }
  if (!days.size) return [];
  for (const length of [1, 7, 30, 365, 3650]) {
    const bins = binsOfLength([...days].sort((a, b) => a - b), length);
    if (bins.length <= MOST_BINS) return bins;
  }
  return [];
}

/** @param {number[]} days sorted @param {number} length @returns {Bin[]} */
function binsOfLength(days, length) {
  /** @type {Bin[]} */
  const bins = [];
  const start = days[0];
  for (const day of days) {
    const first = start + Math.floor((day - start) / length) * length;
    const previous = bins.at(-1)?.last ?? first - 1;
    if (first <= previous) continue;
    if (first - previous > GAP_DAYS * length) bins.push({ first: previous + 1, last: first - 1, gap: true });
    else for (let empty = previous + 1; empty < first; empty += length) bins.push({ first: empty, last: empty + length - 1, gap: false });
    bins.push({ first, last: first + length - 1, gap: false });
    if (bins.length > MOST_BINS) break;
  }
  return bins;
}

/** The timeline: bars, two handles, buttons. `changed` gets the chosen days, or null for all. */
class Timeline {
  /**
   * @param {HTMLElement} frame
   * @param {(days: [number, number] | null) => void} changed
   */
  constructor(frame, changed) {
    this.changed = changed;
    this.bins = makeBins(EVENTS);
    this.from = 0;
    this.to = Math.max(0, this.bins.length - 1);
    this.undated = EVENTS.filter((event) => Number.isNaN(event.firstDay)).length;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.play = el("button.play", { type: "button", onclick: () => this.toggle() });
    this.reset = el("button", { type: "button", onclick: () => { this.stop(); this.choose(0, this.bins.length - 1); } }, t("time.reset"));
    this.words = el("p.time-words", { role: "status" });
    this.bars = svg("svg", { class: "histogram", preserveAspectRatio: "none", "aria-hidden": "true",
      viewBox: `0 0 ${this.bins.length} ${BARS_HEIGHT}` });
    this.labels = el("div.time-labels", { "aria-hidden": "true" });
    this.lower = this.handle("time.from", "from");
    this.upper = this.handle("time.to", "to");
    this.build(frame);
  }

  /** @param {HTMLElement} frame */
  build(frame) {
    if (!this.bins.length) {
      frame.append(el("p.timeline-empty", null, t("time.none")));
      return;
    }
    const handles = el("div.time-handles", null, this.lower, this.upper);
    handles.style.setProperty("--bins", String(this.bins.length));
    frame.append(
      el("div.time-head", null, this.play, this.words, this.reset),
      el("div.time-chart", null, this.bars, handles, this.labels));
    new ResizeObserver(() => this.drawLabels()).observe(this.labels);
    this.label();
  }

  /** @param {string} name @param {"from" | "to"} end @returns {HTMLInputElement} */
  handle(name, end) {
    const input = /** @type {HTMLInputElement} */ (el(`input.${end}`, {
      type: "range", id: `time-${end}`, min: 0, max: this.bins.length - 1, step: 1, value: end === "from" ? 0 : this.bins.length - 1,
      "aria-label": t(name),
    }));
    input.addEventListener("input", () => {
      this.stop();
      const value = Number(input.value);
      if (end === "from") this.choose(value, Math.max(value, this.to));
      else this.choose(Math.min(value, this.from), value);
    });
    return input;
  }

  /** @returns {[number, number] | null} */
  get days() {
    if (this.from === 0 && this.to >= this.bins.length - 1) return null;
    return [this.bins[this.from].first, this.bins[this.to].last];
  }

  /** @param {number} from @param {number} to indexes of bins */
  choose(from, to) {
    this.from = from;
    this.to = to;
    this.label();
    this.changed(this.days);
  }

  /**
   * Take days over, from the page's address.
   * @param {[number, number] | null} days
   */
  set(days) {
    if (!this.bins.length) return;
    const last = this.bins.length - 1;
    const at = (/** @type {number} */ day) => this.bins.findIndex((bin) => bin.last >= day);
    const from = days ? at(days[0]) : 0, to = days ? at(days[1]) : last;
    this.from = from < 0 ? last : from;
    this.to = Math.max(this.from, to < 0 ? last : to);
    this.label();
  }

  label() {
    if (!this.bins.length) return;
    this.lower.value = String(this.from);
    this.upper.value = String(this.to);
    const first = this.bins[this.from], last = this.bins[this.to];
    this.lower.setAttribute("aria-valuetext", formatDay(dayName(first.first)));
    this.upper.setAttribute("aria-valuetext", formatDay(dayName(last.last)));
    const ends = { from: formatDay(dayName(first.first), SHORT_DAY), to: formatDay(dayName(last.last), SHORT_DAY) };
    const all = !this.days;
    const words = first.first === last.last ? formatDay(dayName(first.first)) : t(all ? "time.all" : "time.range", ends);
    this.words.textContent = this.undated && !all
      ? `${words} (${t("time.undated", { n: formatNumber(this.undated) })})` : words;
    this.reset.toggleAttribute("disabled", all);
    this.play.replaceChildren(playSign(Boolean(this.timer)), t(this.timer ? "time.pause" : "time.play"));
    for (const bar of this.bars.children) {
      const bin = Number(bar.getAttribute("data-bin"));
      bar.classList.toggle("is-out", bin < this.from || bin > this.to);
    }
  }

  /**
   * Draw the bars for the events that the other filters let through. An event that may have been
   * on several days counts a part on each.
   * @param {EventRow[]} events
   */
  draw(events) {
    if (!this.bins.length) return;
    const heights = new Array(this.bins.length).fill(0);
    for (const event of events) {
      if (Number.isNaN(event.firstDay)) continue;
      const hit = [];
      for (let bin = this.binAt(event.firstDay); bin < this.bins.length && this.bins[bin].first <= event.lastDay; bin += 1) {
        if (!this.bins[bin].gap) hit.push(bin);
      }
      for (const bin of hit) heights[bin] += 1 / hit.length;
    }
    const highest = Math.max(...heights, 1);
    this.bars.replaceChildren(...heights.map((height, bin) => this.bar(bin, height, highest)));
    this.label();
  }

  /** @param {number} day @returns {number} the first bin that does not end before the day */
  binAt(day) {
    let low = 0, high = this.bins.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bins[middle].last < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {number} bin @param {number} height @param {number} highest @returns {SVGElement} */
  bar(bin, height, highest) {
    if (this.bins[bin].gap) {
      return svg("rect", { class: "bar is-gap", "data-bin": bin, x: bin + 0.42, y: BARS_HEIGHT - 10, width: 0.16, height: 10 });
    }
    const tall = height ? Math.max(3, height / highest * (BARS_HEIGHT - 4)) : 1;
    const wide = this.bins.length > 150 ? 1 : 0.72;
    return svg("rect", { class: "bar", "data-bin": bin, x: bin + (1 - wide) / 2, y: BARS_HEIGHT - tall, width: wide, height: tall });
  }

  /** As many dates as there is room for. */
  drawLabels() {
    const room = Math.max(2, Math.floor(this.labels.offsetWidth / LABEL_PIXELS));
    const last = this.bins.length - 1, step = Math.max(1, Math.ceil(this.bins.length / room));
    this.labels.replaceChildren();
    this.bins.forEach((bin, i) => {
      if (bin.gap || (i % step && i !== last) || (i !== last && last - i < step)) return;
      const label = el("span", null, formatDay(dayName(bin.first), SHORT_DAY));
      label.style.insetInlineStart = `${(i + 0.5) / this.bins.length * 100}%`;
      if (last > 0 && i === 0) label.className = "is-first";
      if (last > 0 && i === last) label.className = "is-last";
      this.labels.append(label);
    });
  }

  toggle() {
    if (this.timer) {
      this.stop();
      this.label();
      return;
    }
    const whole = !this.days;
    this.width = whole ? 0 : this.to - this.from;
    if (whole || this.to >= this.bins.length - 1) this.choose(0, this.width);
    this.timer = window.setInterval(() => this.step(), PLAY_MILLISECONDS);
    this.label();
  }

  step() {
    let from = this.from + 1;
    while (from < this.bins.length && this.bins[from].gap) from += 1;
    if (from + (this.width || 0) > this.bins.length - 1) {
      this.stop();
      this.label();
      return;
    }
    this.choose(from, from + (this.width || 0));
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** @param {boolean} playing @returns {SVGElement} */
function playSign(playing) {
  return svg("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" },
    svg("path", { d: playing ? "M2 1h3v10H2ZM7 1h3v10H7Z" : "M2 1l9 5-9 5Z", fill: "currentColor" }));
}
