/**
 * The marks: a shape and a color for each type, so that color is never the only difference.
 * Shapes are outlines in a square from -10 to 10.
 */

/** @type {Record<string, number[][][]>} outlines by name: the first is the edge, others are holes */
const OUTLINES = DATA.symbols || {};

/** @param {string} icon @returns {string} path data */
function outlinePath(icon) {
  const outlines = OUTLINES[icon] || OUTLINES.circle || [];
  return outlines.map((points) => `M${points.map((point) => point.join(" ")).join("L")}Z`).join("");
}

/**
 * The symbol of a type as a drawing of its own, for the list and the legend.
 * @param {EventType} type
 * @param {string} [status]
 * @param {number} [size] pixels
 * @returns {SVGElement}
 */
function symbol(type, status = "reported", size = 18) {
  return svg("svg", { class: "symbol", width: size, height: size, viewBox: "-12 -12 24 24", "aria-hidden": "true" },
    symbolPath(type, status));
}

/**
 * Reported: filled. Claimed by one side: outline with a light fill. Disputed or denied: broken
 * outline. Retracted: grey and struck through.
 * @param {EventType} type
 * @param {string} status
 * @returns {SVGElement}
 */
function symbolPath(type, status) {
  const shape = outlinePath(type.icon);
  const group = svg("g", { class: `mark-shape is-${status}` });
  group.append(svg("path", { class: "halo", d: shape }));
  const face = svg("path", { class: "face", d: shape, "fill-rule": "evenodd" });
  // Through the object model, since the page's policy refuses style attributes.
  face.style.setProperty("--type", safeColor(type.color));
  group.append(face);
  if (status === "retracted" || status === "denied") {
    group.append(svg("path", { class: "strike", d: "M-10 10 10-10" }));
  }
  return group;
}

/** @param {string} color @returns {string} */
function safeColor(color) {
  return /^#[0-9a-f]{6}$/i.test(color) ? color : "#666666";
}

/**
 * Radius of a mark in pixels: its area grows with the number of people harmed, within limits.
 * @param {EventRow} event
 * @param {boolean} sized
 * @returns {number}
 */
function markRadius(event, sized) {
  return sized ? Math.min(24, 10 + 1.15 * Math.sqrt(event.harm)) : 11;
}

const DONUT_ARCS = 5;
const OTHER_COLOR = "#9aa3ab";

/**
 * A ring whose arcs show how many of each type a cluster holds: the commonest, then all others.
 * @param {EventRow[]} events
 * @param {number} radius
 * @returns {SVGElement}
 */
function donut(events, radius) {
  const counts = [...groupBy(events, (event) => event.type).values()].sort((a, b) => b.length - a.length);
  /** @type {[string, number][]} */
  const arcs = counts.slice(0, DONUT_ARCS).map((group) => [safeColor(typeOf(group[0]).color), group.length]);
  const others = events.length - arcs.reduce((sum, [, n]) => sum + n, 0);
  if (others) arcs.push([OTHER_COLOR, others]);
  const drawing = svg("svg", { width: 2 * radius, height: 2 * radius,
    viewBox: `${-radius} ${-radius} ${2 * radius} ${2 * radius}`, "aria-hidden": "true" },
  svg("circle", { class: "donut-face", r: radius - 1 }));
  const middle = radius - 4, around = 2 * Math.PI * middle;
  let from = 0;
  for (const [color, n] of arcs) {
    const share = n / events.length;
    const arc = svg("circle", { class: "donut-arc", r: middle, "stroke-width": 5, transform: "rotate(-90)",
      "stroke-dasharray": `${Math.max(share * around - (arcs.length > 1 ? 1 : 0), 0.5)} ${around}`,
      "stroke-dashoffset": -from * around });
    arc.style.setProperty("--type", color);
    drawing.append(arc);
    from += share;
  }
  return drawing;
}
