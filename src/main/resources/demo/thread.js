// One conversation: its history in pages, what comes in, how far each message has come, and the line to write in.
import { avatar, el, time } from '/demo/dom.js';

const MARKS = {
  '-100': ['!', 'failed'],
  0: ['○', 'sending'],
  100: ['✓', 'sent'],
  150: ['✓', 'delivered'],
  200: ['✓✓', 'received'],
  250: ['✓✓', 'read'],
};

// Ids grow with time too, and tell apart what came in the same millisecond.
const isLater = (shown, message) => Number(shown.time) > message.timestamp
  || Number(shown.time) === message.timestamp && shown.id > message.message_id;

// Who is no further from the end than this reads what comes.
const END_PX = 40;

/** Shows the conversation with one peer. `actions`: back, archive, block, send, end. */
export class Thread {
  #messages = new Map();
  #rows = new Map();
  // How far messages have come that are not here yet.
  #raised = new Map();
  #next;
  #parts = {};

  constructor({ user, peer, name, group, api, chat, actions }) {
    Object.assign(this, { user, peer, name, group, api, chat, actions });
    this.root = this.#build();
  }

  #build() {
    const p = this.#parts;
    p.presence = el('span', { class: 'presence', hidden: true });
    p.block = this.group ? null : el('button', { type: 'button', class: 'quiet', onclick: () => this.actions.block() });
    p.archive = el('button', { type: 'button', class: 'quiet', onclick: () => this.actions.archive() }, 'Archive');
    p.notice = el('p', { class: 'notice', role: 'status', hidden: true });
    p.older = el('button', { type: 'button', class: 'quiet older', hidden: true, onclick: () => this.#older() },
      'Earlier messages');
    p.log = el('ol', { class: 'log', role: 'log', 'aria-label': `Messages with ${this.name}` });
    p.scroll = el('div', { class: 'scroll', tabindex: '0', 'aria-label': 'History', onscroll: () => this.#scrolled() },
      p.older, p.log);
    p.newer = el('button', { type: 'button', class: 'newer', hidden: true, onclick: () => this.#toEnd() }, 'New messages ↓');
    p.text = el('input', {
      class: 'text', name: 'text', autocomplete: 'off', maxlength: '4000', enterkeyhint: 'send',
      placeholder: `Write to ${this.name}`, 'aria-label': `Message to ${this.name}`,
    });
    const form = el('form', { class: 'composer', onsubmit: event => this.#submit(event) },
      p.text, el('button', { type: 'submit', class: 'primary' }, 'Send'));
    return el('div', { class: 'view', onkeydown: event => event.key === 'Escape' && this.actions.back() },
      el('div', { class: 'bar' },
        el('button', { type: 'button', class: 'quiet back', 'aria-label': 'Back to the list', onclick: () => this.actions.back() }, '‹'),
        avatar(this.peer, this.name),
        el('div', { class: 'who' }, el('strong', {}, this.name), p.presence),
        p.block, p.archive),
      p.notice, el('div', { class: 'history' }, p.scroll, p.newer), form);
  }

  /** Whether the newest messages are on the screen; who reads older ones stays there. */
  get atEnd() {
    const { scroll } = this.#parts;
    return scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop <= END_PX;
  }

  #scrolled() {
    if (this.atEnd && !this.#parts.newer.hidden) {
      this.#parts.newer.hidden = true;
      this.actions.end();
    }
  }

  /** Reads the newest page. */
  async load() {
    const page = await this.api.messages(this.peer);
    this.#next = page.next;
    this.#take(page.result);
    this.#parts.older.hidden = !this.#next;
    this.#toEnd();
  }

  async #older() {
    const { scroll, older } = this.#parts;
    const height = scroll.scrollHeight;
    const page = await this.api.messages(this.peer, this.#next);
    this.#next = page.next;
    this.#take(page.result);
    older.hidden = !this.#next;
    scroll.scrollTop = scroll.scrollHeight - height;
    scroll.focus({ preventScroll: true });
  }

  focus() {
    this.#parts.text.focus();
  }

  /** A message of this conversation, new or changed. */
  add(message) {
    const follow = this.atEnd;
    const known = this.#messages.has(message.message_id) || this.#messages.has(message.client_message_id);
    this.#take([message]);
    if (follow) {
      this.#toEnd();
    } else if (!known) {
      this.#parts.newer.hidden = false;
    }
  }

  /** Tells the broker that the user has what is shown. */
  markSeen() {
    let any = false;
    for (const message of this.#messages.values()) {
      if (message.sender !== this.user && message.sender !== 'system' && message.status === 150) {
        this.chat.receipt(this.peer, message.message_id);
        message.status = 200;
        this.#show(message);
        any = true;
      }
    }
    return any;
  }

  /** The sender's copy of a message has come further. */
  raise(id, status) {
    const message = this.#messages.get(id);
    if (!message) {
      this.#raised.set(id, Math.max(status, this.#raised.get(id) ?? status));
    } else if (status > message.status) {
      message.status = status;
      this.#show(message);
    }
  }

  /** What the user should know of this conversation. */
  describe({ blocked, archived, online }) {
    const { block, archive, notice, presence } = this.#parts;
    if (block) {
      block.textContent = blocked ? 'Unblock' : 'Block';
    }
    archive.hidden = archived;
    notice.hidden = !blocked && !archived;
    notice.textContent = blocked
      ? `You have blocked ${this.name}: what ${this.name} writes does not reach you.`
      : 'Archived. The next message brings it back to the inbox.';
    presence.hidden = online === undefined;
    presence.textContent = online ? 'online' : 'offline';
    presence.classList.toggle('on', online === true);
  }

  #submit(event) {
    event.preventDefault();
    const { text } = this.#parts;
    const value = text.value.trim();
    if (value) {
      const id = this.chat.send(this.peer, this.name, value, this.group);
      text.value = '';
      this.add({ message_id: id, client_message_id: id, sender: this.user, text: value, timestamp: Date.now(), status: 0 });
      this.#toEnd();
    }
  }

  #take(messages) {
    for (const message of messages) {
      const { message_id: id, client_message_id: clientId } = message;
      if (clientId && clientId !== id && this.#messages.delete(clientId)) {
        this.#rows.get(clientId)?.remove();
        this.#rows.delete(clientId);
      }
      const known = this.#messages.get(id)?.status ?? message.status;
      const raised = this.#raised.get(id) ?? message.status;
      this.#raised.delete(id);
      this.#messages.set(id, { ...message, status: Math.max(message.status, known, raised) });
      this.#show(this.#messages.get(id));
    }
  }

  #show(message) {
    const row = this.#row(message);
    const shown = this.#rows.get(message.message_id);
    this.#rows.set(message.message_id, row);
    if (shown) {
      shown.replaceWith(row);
      return;
    }
    // Messages mostly come in order, so the place is found from the end.
    const { log } = this.#parts;
    let after = log.lastElementChild;
    while (after && isLater(after.dataset, message)) {
      after = after.previousElementSibling;
    }
    if (after) {
      after.after(row);
    } else {
      log.prepend(row);
    }
  }

  #row(message) {
    const data = { 'data-id': message.message_id, 'data-time': message.timestamp, 'data-status': message.status };
    if (message.sender === 'system') {
      return el('li', { class: 'event', ...data }, String(message.text ?? ''));
    }
    const own = message.sender === this.user;
    const [sign, word] = MARKS[message.status] ?? ['', ''];
    return el('li', { class: own ? 'bubble own' : 'bubble', ...data },
      this.group && !own ? el('span', { class: 'from' }, message.sender_fullname || message.sender) : null,
      el('span', { class: 'said' }, String(message.text ?? '')),
      el('span', { class: `meta status-${message.status}` },
        el('time', { datetime: new Date(message.timestamp).toISOString() }, time(message.timestamp)),
        ' ', el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ' ', el('span', { class: 'word' }, word)));
  }

  #toEnd() {
    const { scroll } = this.#parts;
    scroll.scrollTop = scroll.scrollHeight;
    this.#parts.newer.hidden = true;
    this.actions.end();
  }
}
