// The routes and their steps, with counts that move as messages pass.
import { flow } from '/demo/api.js';
import { el } from '/demo/dom.js';

const MAIN_WAY = ['consume-messages', 'commit-batch', 'receive', 'send-message', 'send-direct', 'send-to-group',
  'deliver-to-inbox'];
const OPEN = new Set(['commit-batch', 'deliver-to-inbox']);
const PAUSE_MS = 700;

/** Shows the flow for as long as the page is open. `token` gives one for where it is not shown without. */
export class FlowView {
  #root;
  #state;
  #token;
  #shown = new Map();

  constructor(root, state, token) {
    this.#root = root;
    this.#state = state;
    this.#token = token;
  }

  async run() {
    for (;;) {
      if (document.visibilityState === 'visible') {
        await this.#refresh();
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #refresh() {
    const token = this.#token();
    if (token === undefined) {
      this.#state.textContent = 'The flow shows as soon as one of the users is connected.';
      return;
    }
    try {
      this.#show((await flow(token)).routes);
      this.#state.textContent = '';
    } catch {
      this.#state.textContent = 'The application does not answer; trying again …';
    }
  }

  #show(routes) {
    const ids = routes.map(route => route.id);
    if (ids.join() !== [...this.#shown.keys()].toSorted().join()) {
      this.#build(routes);
    }
    for (const route of routes) {
      const shown = this.#shown.get(route.id);
      shown.set('', route);
      route.steps.forEach(step => shown.set(step.id, step));
    }
  }

  #build(routes) {
    this.#shown.clear();
    // One queue of several has its number at the end.
    const place = route => (MAIN_WAY.indexOf(route.id.replace(/-[0-9]+$/, '')) + 1) || MAIN_WAY.length + 1;
    const sorted = routes.toSorted((a, b) => place(a) - place(b) || a.id.localeCompare(b.id));
    this.#root.replaceChildren(...sorted.map(route => this.#route(route)));
  }

  #route(route) {
    const counters = new Map();
    const counter = id => {
      const shown = el('span', { class: 'count' }, '0');
      counters.set(id, { shown, total: 0 });
      return shown;
    };
    this.#shown.set(route.id, {
      set: (id, counts) => this.#set(counters.get(id), counts),
    });
    return el('details', { class: 'route', 'data-route': route.id, open: OPEN.has(route.id) },
      el('summary', {}, el('span', { class: 'id' }, route.id), counter('')),
      el('p', { class: 'hint' }, route.description ?? ''),
      el('ol', { class: 'steps' }, ...route.steps.map(step => el('li', {
        class: `level-${Math.min(step.level, 4)}`, 'data-step': step.id, title: step.description ?? '',
      }, el('span', { class: 'id' }, step.id), counter(step.id)))));
  }

  #set(counter, { total, failed }) {
    if (!counter || counter.total === total && counter.failed === failed) {
      return;
    }
    const moved = counter.shown.dataset.known && total > counter.total;
    counter.total = total;
    counter.failed = failed;
    counter.shown.dataset.known = 'yes';
    counter.shown.textContent = failed ? `${total.toLocaleString()} · ${failed.toLocaleString()} failed` : total.toLocaleString();
    if (moved) {
      const line = counter.shown.parentElement;
      line.classList.remove('moved');
      void line.offsetWidth; // So that the animation begins anew.
      line.classList.add('moved');
    }
  }
}
