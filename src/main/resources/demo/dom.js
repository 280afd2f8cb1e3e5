// Makes elements. Text is always set as text, so whatever users write stays what it is.

/** An element with attributes; `class`, `on…` handlers and `hidden` too. Children are elements or texts. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (typeof value === 'boolean') {
      element.toggleAttribute(name, value);
    } else if (value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** The time of day, with the date where it is not today. */
export function time(timestamp) {
  const date = new Date(timestamp);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString([], today
    ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** A coloured disc with the first letter of a name. */
export function avatar(id, name) {
  let hash = 0;
  for (const c of id) {
    hash = (hash * 31 + c.codePointAt(0)) % 6;
  }
  return el('span', { class: `avatar hue-${hash}`, 'aria-hidden': 'true' }, [...(name || id)][0]?.toUpperCase() ?? '?');
}
