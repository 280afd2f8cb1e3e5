// What one user has in the inbox: open and archived conversations, unread counts, and whom the user has blocked.

/** Changes with what comes over REST and MQTT, and tells of each change by a `change` event. */
export class Conversations extends EventTarget {
  #user;
  #all = new Map();
  blocked = new Set();

  constructor(user) {
    super();
    this.#user = user;
  }

  /** The open or the archived ones, newest first. */
  list(archived) {
    return [...this.#all.values()].filter(one => one.archived === archived).sort((a, b) => b.timestamp - a.timestamp);
  }

  get unread() {
    return this.list(false).reduce((sum, one) => sum + one.unread, 0);
  }

  find(peer) {
    return this.#all.get(peer);
  }

  /** Takes over what the server has. */
  load(open, archived, blocked) {
    for (const [rows, isArchived] of [[open, false], [archived, true]]) {
      for (const row of rows) {
        this.#put(row.key, row, { archived: isArchived, unread: row.unread ?? 0 });
      }
    }
    this.blocked = new Set(blocked);
    this.#changed();
  }

  /** A message has come or was sent; `seen` if the user looks at it. It brings an archived conversation back. */
  add(peer, message, seen) {
    if (message.attributes?.updateconversation === false) {
      return;
    }
    const before = this.#all.get(peer)?.unread ?? 0;
    const own = message.sender === this.#user;
    this.#put(peer, message, { archived: false, unread: seen ? 0 : before + (own ? 0 : 1) });
    this.#changed();
  }

  read(peer) {
    const one = this.#all.get(peer);
    if (one?.unread) {
      one.unread = 0;
      this.#changed();
    }
  }

  archive(peer, conversation) {
    this.#put(peer, conversation, { archived: true, unread: conversation.unread ?? 0 });
    this.#changed();
  }

  setBlocked(peer, blocked) {
    this.blocked[blocked ? 'add' : 'delete'](peer);
    this.#changed();
  }

  /** Makes sure that there is one to open, before anything was said in it. */
  begin(peer, name, group) {
    if (!this.#all.has(peer)) {
      this.#all.set(peer, { key: peer, name, group, text: '', timestamp: Date.now(), unread: 0, archived: false });
      this.#changed();
    }
  }

  #put(peer, message, state) {
    const known = this.#all.get(peer);
    if (known && message.timestamp < known.timestamp && known.text) {
      Object.assign(known, state);
      return;
    }
    const group = message.channel_type === 'group' || peer.includes('group-');
    const other = message.sender === peer ? message.sender_fullname : message.recipient_fullname;
    this.#all.set(peer, {
      key: peer,
      group,
      name: (known?.group && known.name) || other || peer,
      text: String(message.last_message_text ?? message.text ?? ''),
      timestamp: message.timestamp ?? Date.now(),
      ...state,
    });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
