/**
 * A heat map drawn by the page: soft spots add up on a canvas, then their density takes a color.
 */

const HEAT_RADIUS = 26;
/** Density from low to high: one hue from light to dark, readable without telling red from green. */
const HEAT_COLORS = [[254, 237, 222], [253, 190, 133], [253, 141, 60], [217, 71, 1], [127, 39, 4]];

const Heat = L.Layer.extend({
  initialize() {
    this.events = [];
  },
  onAdd(/** @type {any} */ map) {
    const pane = map.getPane("heat") || map.createPane("heat");
    pane.style.zIndex = 320;
    pane.style.pointerEvents = "none";
    this.canvas = el("canvas.heat", { "aria-hidden": "true" });
    pane.append(this.canvas);
    this.draw();
  },
  onRemove() {
    this.canvas.remove();
  },
  getEvents() {
    return { moveend: this.draw, zoomstart: this.hide, resize: this.draw };
  },
  /** @param {EventRow[]} events */
  show(events) {
    this.events = events;
    if (this._map) this.draw();
  },
  hide() {
    this.canvas.hidden = true;
  },
  draw() {
    const map = this._map, size = map.getSize(), canvas = this.canvas;
    canvas.width = size.x;
    canvas.height = size.y;
    canvas.hidden = false;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const spot = heatSpot();
    context.globalAlpha = this.events.length > 300 ? 0.12 : 0.4;
    for (const event of this.events) {
      if (!event.point) continue;
      const at = map.latLngToContainerPoint(unproject(event.x, event.y));
      context.drawImage(spot, at.x - HEAT_RADIUS, at.y - HEAT_RADIUS);
    }
    if (size.x && size.y) colorize(context, size.x, size.y);
  },
});

/** @returns {HTMLCanvasElement} a spot that fades to its edge */
function heatSpot() {
  const spot = /** @type {HTMLCanvasElement} */ (el("canvas", { width: 2 * HEAT_RADIUS, height: 2 * HEAT_RADIUS }));
  const context = /** @type {CanvasRenderingContext2D} */ (spot.getContext("2d"));
  const fade = context.createRadialGradient(HEAT_RADIUS, HEAT_RADIUS, 0, HEAT_RADIUS, HEAT_RADIUS, HEAT_RADIUS);
  fade.addColorStop(0, "rgba(0,0,0,1)");
  fade.addColorStop(1, "rgba(0,0,0,0)");
  context.fillStyle = fade;
  context.fillRect(0, 0, 2 * HEAT_RADIUS, 2 * HEAT_RADIUS);
  return spot;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height */
function colorize(context, width, height) {
  const image = context.getImageData(0, 0, width, height), pixels = image.data;
  for (let i = 0; i < pixels.length; i += 4) {
    const density = pixels[i + 3] / 255;
    if (!density) continue;
    const step = Math.min(HEAT_COLORS.length - 1, Math.floor(density * HEAT_COLORS.length));
    [pixels[i], pixels[i + 1], pixels[i + 2]] = HEAT_COLORS[step];
    pixels[i + 3] = Math.min(210, 60 + density * 220);
  }
  context.putImageData(image, 0, 0);
}
