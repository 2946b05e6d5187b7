/**
 * Elements are made here and nowhere else, and text enters them as text: no function of the page
 * takes markup, so nothing that a document says can become an element.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 */

/**
 * Make an HTML element. An attribute `onclick` is added as a listener, `false` leaves one out.
 * @param {string} name tag, with classes: "div.row.large"
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
function el(name, attributes, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  return fill(element, attributes, children);
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} T
 * @param {T} element
 * @param {Attributes | null | undefined} attributes
 * @param {(Child | Child[])[]} children
 * @returns {T}
 */
function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, String(value));
    }
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/**
 * An element that the layout promises.
 * @param {string} id
 * @returns {any}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * Text whose direction follows from its own first letter, whatever the page's is.
 * @param {string} text
 * @returns {HTMLElement}
 */
const own = (text) => el("bdi", null, text);

/**
 * Text as markup that shows it, for Leaflet's line of credits, which takes nothing else.
 * @param {string} text
 * @returns {string}
 */
const escaped = (text) => own(text).outerHTML;

/**
 * A link out of the page, for http(s) addresses only; anything else is shown as text.
 * @param {string | undefined} address
 * @param {string} text
 * @returns {HTMLElement}
 */
function outLink(address, text) {
  if (!address || !/^https?:\/\//i.test(address)) return own(text);
  return el("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, text);
}
