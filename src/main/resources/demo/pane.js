// One user of the page: who it is, the inbox, and the conversation that is open.
import { Api, demoToken } from '/demo/api.js';
import { Chat } from '/demo/chat.js';
import { Conversations } from '/demo/conversations.js';
import { avatar, el, time } from '/demo/dom.js';
import { Problem, problemOf } from '/demo/ids.js';
import { Thread } from '/demo/thread.js';

const STATES = {
  connecting: 'Connecting …',
  online: 'Connected',
  offline: 'Not connected; trying again …',
  refused: 'The broker does not accept this token.',
  token: 'A token is needed.',
};

/** Fills a section of the page. Tells by events what happens: `wire`, `change`, `name`. */
export class Pane extends EventTarget {
  #root;
  #config;
  #body = el('div', { class: 'body' });
  #state = el('span', { class: 'state', role: 'status' });
  #disc = el('span', { class: 'disc' });
  #name;
  #nameProblem;
  #chat;
  #thread;
  #list;
  #inboxButton;
  #archivedShown = false;
  #online = {};
  token;

  constructor(root, side, config, user) {
    super();
    this.#root = root;
    this.#config = config;
    this.user = user;
    this.#name = el('input', {
      class: 'name', value: user, 'aria-label': `Name of the user on the ${side}`, autocomplete: 'off', maxlength: '128',
      onchange: () => this.#rename(), spellcheck: 'false',
    });
    this.#nameProblem = new Problem(this.#name, `${side}-name-problem`);
    root.setAttribute('aria-label', `Chat of the user on the ${side}`);
    root.replaceChildren(el('header', { class: 'user' }, this.#disc,
      el('div', { class: 'who' }, this.#name, this.#state)), this.#nameProblem.root, this.#body);
  }

  /** Connects as the user; asks for a token where the page may not make one. */
  async start() {
    this.#disc.replaceChildren(avatar(this.user, this.user));
    if (this.#nameProblem.tell(problemOf(this.user))) {
      this.#say('Not connected.');
      this.#body.replaceChildren();
      return;
    }
    if (this.#config.tokens) {
      try {
        this.#connect(await demoToken(this.user));
      } catch (error) {
        this.#say(error.message);
        this.#body.replaceChildren();
      }
    } else {
      this.#askForToken();
    }
  }

  stop() {
    this.#chat?.close();
    this.#chat = null;
    this.#thread = null;
  }

  /** Opens the conversation with somebody, a new one too. */
  async open(peer, name = peer, group = false, focus = true) {
    this.conversations.begin(peer, name, group);
    const known = this.conversations.find(peer);
    const thread = new Thread({
      user: this.user, peer, name: known.name, group: known.group, api: this.api, chat: this.#chat,
      actions: { back: () => this.#back(), archive: () => this.#archive(peer), block: () => this.#block(peer), end: () => this.seen() },
    });
    this.#thread = thread;
    this.#body.replaceChildren(thread.root);
    this.#describe();
    await this.#try(() => thread.load());
    this.seen();
    if (focus) {
      thread.focus();
    }
    this.dispatchEvent(new Event('change'));
  }

  /** The user looks at what is open, if the pane is on the screen. */
  seen() {
    if (!this.#thread?.atEnd || !this.#isVisible()) {
      return;
    }
    const { peer } = this.#thread;
    const received = this.#thread.markSeen();
    if (received || this.conversations.find(peer)?.unread) {
      this.#chat.read(peer);
      this.conversations.read(peer);
    }
  }

  /** Whom the page shows as online or not; empty where presence is off. */
  showPresence(online) {
    this.#online = online;
    this.#describe();
  }

  /** Whose presence matters here. */
  get watched() {
    return this.#thread && !this.#thread.group ? [this.#thread.peer] : [];
  }

  #isVisible() {
    return this.#root.offsetParent !== null && document.visibilityState === 'visible';
  }

  #rename() {
    const name = this.#name.value.trim();
    if (!name || name === this.user) {
      this.#name.value = this.user;
      this.#nameProblem.tell('');
      return;
    }
    if (this.#nameProblem.tell(problemOf(name))) {
      return;
    }
    this.stop();
    this.user = name;
    this.dispatchEvent(new Event('name'));
    this.start();
  }

  #askForToken() {
    this.#say(STATES.token);
    const text = el('textarea', { rows: '5', 'aria-label': 'Token', spellcheck: 'false', required: true });
    this.#body.replaceChildren(el('form', {
      class: 'token view',
      onsubmit: event => {
        event.preventDefault();
        this.#connect(text.value.trim());
      },
    }, el('p', {}, 'Paste a token of this user, such as ', el('code', {}, `bin/token ${this.user}`), ' prints.'),
    text, el('button', { type: 'submit', class: 'primary' }, 'Connect')));
  }

  async #connect(token) {
    const { app, base, wsPort } = this.#config;
    this.token = token;
    this.api = new Api(base, app, this.user, token);
    this.conversations = new Conversations(this.user);
    this.conversations.addEventListener('change', () => this.#changed());
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const chat = new Chat({ url: `${scheme}://${location.hostname}:${wsPort}/ws`, app, user: this.user, token });
    this.#chat = chat;
    const on = (type, handler) => chat.addEventListener(type, event => this.#chat === chat && handler(event.detail));
    on('wire', entry => this.dispatchEvent(new CustomEvent('wire', { detail: { ...entry, user: this.user } })));
    on('state', state => this.#stateChanged(state));
    on('message', ({ peer, message }) => this.#received(peer, message));
    on('receipt', ({ id, status }) => this.#thread?.raise(id, status));
    on('patch', ({ peer, patch }) => patch.is_new === false && this.conversations.read(peer));
    on('archived', ({ peer, conversation }) => this.conversations.archive(peer, conversation));
    this.#showList();
    await this.#load();
  }

  #stateChanged(state) {
    this.#say(STATES[state]);
    this.#root.dataset.state = state;
    if (state === 'refused' && !this.#config.tokens) {
      this.#askForToken();
      this.#say(STATES.refused);
    }
  }

  #say(text) {
    this.#state.textContent = text;
  }

  async #load() {
    await this.#try(async () => {
      const [open, archived, blocks] =
        await Promise.all([this.api.conversations(), this.api.archived(), this.api.blocks()]);
      this.conversations.load(open.result, archived.result, blocks.result);
    });
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      this.#say(error.message);
    }
  }

  #received(peer, message) {
    const open = this.#thread?.peer === peer;
    const seen = open && this.#isVisible() && this.#thread.atEnd;
    this.conversations.add(peer, message, seen);
    if (open) {
      this.#thread.add(message);
      this.seen();
    }
  }

  #changed() {
    if (!this.#thread) {
      this.#showList();
    }
    this.#describe();
    this.dispatchEvent(new Event('change'));
  }

  #describe() {
    const thread = this.#thread;
    thread?.describe({
      blocked: this.conversations.blocked.has(thread.peer),
      archived: this.conversations.find(thread.peer)?.archived ?? false,
      online: thread.group ? undefined : this.#online[thread.peer],
    });
  }

  #back() {
    const peer = this.#thread?.peer;
    this.#thread = null;
    this.#showList();
    const row = [...this.#body.querySelectorAll('.row')].find(one => one.dataset.peer === peer);
    (row ?? this.#body.querySelector('button'))?.focus();
    this.dispatchEvent(new Event('change'));
  }

  #archive(peer) {
    this.#chat.archive(peer);
    this.#back();
  }

  #block(peer) {
    const blocked = this.conversations.blocked.has(peer);
    this.#try(async () => {
      await (blocked ? this.api.unblock(peer) : this.api.block(peer));
      this.conversations.setBlocked(peer, !blocked);
    });
  }

  #showList() {
    const focused = this.#body.contains(document.activeElement) && document.activeElement.dataset.peer;
    const rows = this.conversations.list(this.#archivedShown);
    const list = el('ul', { class: 'rows', 'aria-label': this.#archivedShown ? 'Archived' : 'Inbox' },
      ...rows.map(one => el('li', {}, this.#row(one))));
    const empty = el('p', { class: 'empty' }, this.#archivedShown
      ? 'Nothing is archived.'
      : 'Nothing here yet. Start a chat, or write to this user from the other side.');
    if (this.#list?.isConnected) {
      // Only the rows change, so that a form that is open stays.
      this.#list.replaceChildren(rows.length ? list : empty);
      this.#countUnread();
    } else {
      this.#list = el('div', { class: 'scroll' }, rows.length ? list : empty);
      this.#body.replaceChildren(el('div', { class: 'view' }, this.#toolbar(), this.#list));
    }
    if (focused) {
      [...this.#body.querySelectorAll('.row')].find(row => row.dataset.peer === focused)?.focus();
    }
  }

  #toolbar() {
    const choose = archived => {
      this.#archivedShown = archived;
      this.#inboxButton.setAttribute('aria-pressed', String(!archived));
      other.setAttribute('aria-pressed', String(archived));
      this.#showList();
    };
    this.#inboxButton = el('button', { type: 'button', 'aria-pressed': String(!this.#archivedShown), onclick: () => choose(false) });
    const other = el('button', { type: 'button', 'aria-pressed': String(this.#archivedShown), onclick: () => choose(true) }, 'Archived');
    this.#countUnread();
    const form = el('div');
    const toggle = make => form.firstChild ? form.replaceChildren() : (form.replaceChildren(make()), form.querySelector('input').focus());
    return el('div', {}, el('div', { class: 'bar' },
      el('div', { class: 'segments', role: 'group', 'aria-label': 'Which conversations' }, this.#inboxButton, other),
      el('span', { class: 'gap' }),
      el('button', { type: 'button', class: 'quiet', onclick: () => toggle(() => this.#chatForm()) }, 'New chat'),
      el('button', { type: 'button', class: 'quiet', onclick: () => toggle(() => this.#groupForm()) }, 'New group')),
    form);
  }

  #countUnread() {
    const { unread } = this.conversations;
    this.#inboxButton.replaceChildren('Inbox', unread ? el('span', { class: 'badge' }, String(unread)) : '');
    this.#inboxButton.setAttribute('aria-label', `Inbox, ${unread} unread`);
  }

  #row(one) {
    const label = `${one.name}${one.unread ? `, ${one.unread} unread` : ''}${one.text ? `: ${one.text}` : ''}`;
    return el('button', { type: 'button', class: 'row', 'data-peer': one.key, 'aria-label': label, onclick: () => this.open(one.key) },
      avatar(one.key, one.name),
      el('span', { class: 'line' }, el('strong', {}, one.name), el('span', { class: 'last' }, one.text || 'Nothing said yet')),
      el('span', { class: 'end' }, el('time', {}, time(one.timestamp)), one.unread ? el('span', { class: 'badge' }, String(one.unread)) : ''));
  }

  #chatForm() {
    const peer = el('input', { name: 'peer', required: true, 'aria-label': 'Id of the user to write to', placeholder: 'Id of a user', autocomplete: 'off' });
    return this.#form('Open', () => this.open(peer.value.trim()), [peer, () => problemOf(peer.value.trim())]);
  }

  #groupForm() {
    const name = el('input', { name: 'group', required: true, 'aria-label': 'Name of the group', placeholder: 'Name of the group', autocomplete: 'off' });
    const members = el('input', { name: 'members', required: true, 'aria-label': 'Members, with commas between', value: this.suggestedMembers ?? '', autocomplete: 'off' });
    const idsIn = () => members.value.split(',').map(id => id.trim()).filter(Boolean);
    return this.#form('Create', async () => {
      const ids = idsIn();
      const group = await this.api.createGroup(name.value.trim(), ids);
      await this.open(group.uid, group.name, true);
    }, [name, () => name.value.trim() ? '' : 'A group needs a name.'],
    [members, () => idsIn().length ? idsIn().map(problemOf).find(Boolean) ?? '' : 'A group needs a member.']);
  }

  // Each input comes with what says why it is wrong. What the server finds wrong is told at the last one.
  #form(action, submit, ...checked) {
    const fields = checked.map(([input, check]) =>
      ({ input, check, problem: new Problem(input, `${this.#root.id}-${input.name}-problem`) }));
    return el('form', {
      class: 'inline',
      novalidate: true,
      onsubmit: async event => {
        event.preventDefault();
        if (fields.some(({ check, problem }) => problem.tell(check()))) {
          return;
        }
        try {
          await submit();
        } catch (error) {
          fields.at(-1).problem.tell(error.message);
        }
      },
    }, ...fields.map(({ input, problem }) => el('div', { class: 'field' }, input, problem.root)),
    el('button', { type: 'submit', class: 'primary' }, action));
  }
}
