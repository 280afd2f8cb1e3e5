// What an id may be, as the server has it, so that a wrong one is told where it was written.
import { el } from '/demo/dom.js';

const MAX_LENGTH = 128;
const FORBIDDEN = /[./#*+\s\p{Cc}\p{Cf}\p{Z}\uFFFD]/u;

/** Why this is no id, or nothing if it is one. */
export function problemOf(id) {
  if (!id) {
    return 'An id must not be empty.';
  }
  if ([...id].length > MAX_LENGTH) {
    return `An id has at most ${MAX_LENGTH} characters.`;
  }
  return FORBIDDEN.test(id) ? `“${id}” is no id: it must not hold . / # * + or white space.` : '';
}

/** A line for what is wrong with an input, tied to it; `tell` shows it, or hides it for an empty text. */
export class Problem {
  #input;

  constructor(input, id) {
    this.#input = input;
    this.root = el('p', { class: 'problem', id, role: 'alert', hidden: true });
    input.addEventListener('input', () => this.tell(''));
  }

  /** Returns whether there was something to tell. */
  tell(text) {
    this.root.textContent = text;
    this.root.hidden = !text;
    if (text) {
      this.#input.setAttribute('aria-invalid', 'true');
      this.#input.setAttribute('aria-describedby', this.root.id);
      this.#input.focus();
    } else {
      this.#input.removeAttribute('aria-invalid');
      this.#input.removeAttribute('aria-describedby');
    }
    return Boolean(text);
  }
}
