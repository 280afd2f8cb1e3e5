// One user's connection to the broker: what a chat21 client publishes, and what it hears in the user's own tree.
import mqtt from '/demo/vendor/mqtt-5.16.0.esm.js';

/**
 * Tells by events what happens: `state` (connecting, online, offline, refused), `message` {peer, message},
 * `receipt` {id, status}, `patch` {peer, patch}, `removed` {peer}, `archived` {peer, conversation}, `wire` {up, topic}.
 */
export class Chat extends EventTarget {
  #client;
  #tree;
  #presence;

  constructor({ url, app, user, token }) {
    super();
    this.user = user;
    this.app = app;
    this.#tree = `apps/${app}/users/${user}`;
    const clientId = `demo-${newId()}`;
    this.#presence = `${this.#tree}/presence/${clientId}`;
    this.#client = mqtt.connect(url, {
      clientId,
      username: 'JWT',
      password: token,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 2000,
      connectTimeout: 10000,
      timerVariant: 'native',
      will: { topic: this.#presence, payload: '{"disconnected":true}', qos: 1, retain: true },
    });
    this.#listen();
  }

  #listen() {
    this.#tell('state', 'connecting');
    this.#client.on('connect', () => {
      this.#client.subscribe(`${this.#tree}/#`, { qos: 1 }, error => {
        if (error) {
          this.#tell('state', 'offline');
          return;
        }
        this.#publish(this.#presence, { connected: true }, true);
        this.#tell('state', 'online');
      });
    });
    this.#client.on('close', () => this.#tell('state', 'offline'));
    this.#client.on('error', error => {
      // 4 and 5: the broker does not let this token in, and trying again would not change that.
      if (error.code === 4 || error.code === 5) {
        this.#client.end(true);
        this.#tell('state', 'refused');
      }
    });
    this.#client.on('message', (topic, payload) => this.#hear(topic, payload));
  }

  #hear(topic, payload) {
    const [kind, peer, third, fourth] = topic.slice(this.#tree.length + 1).split('/');
    const event = fourth ?? third;
    if (!event?.startsWith('client')) {
      return; // What this user said itself comes back, since the subscription covers it.
    }
    this.#tell('wire', { up: false, topic });
    const body = parse(payload);
    if (!body) {
      return;
    }
    if (kind === 'messages' && event === 'clientadded') {
      this.#tell('message', { peer, message: body });
    } else if (kind === 'messages' && event === 'clientupdated') {
      this.#tell('receipt', { id: third, status: body.status });
    } else if (kind === 'conversations' && event === 'clientupdated') {
      this.#tell('patch', { peer, patch: body });
    } else if (kind === 'conversations' && event === 'clientdeleted') {
      this.#tell('removed', { peer });
    } else if (kind === 'archived_conversations' && event === 'clientadded') {
      this.#tell('archived', { peer, conversation: body });
    }
  }

  /** Sends a text; the id it gives comes back with the stored message. */
  send(peer, name, text, group) {
    const id = newId();
    this.#publish(`apps/${this.app}/outgoing/users/${this.user}/messages/${peer}/outgoing`, {
      text,
      type: 'text',
      channel_type: group ? 'group' : 'direct',
      sender_fullname: this.user,
      recipient_fullname: name,
      client_message_id: id,
    });
    return id;
  }

  /** Tells that the user has a message; its sender gets status 250. */
  receipt(peer, messageId) {
    this.#publish(`${this.#tree}/messages/${peer}/${messageId}/update`, { status: 200 });
  }

  /** Tells that the user has read a conversation. */
  read(peer) {
    this.#publish(`${this.#tree}/conversations/${peer}/update`, { is_new: false });
  }

  archive(peer) {
    this.#publish(`${this.#tree}/conversations/${peer}/archive`, {});
  }

  /** Says goodbye and ends. */
  close() {
    this.#publish(this.#presence, { disconnected: true }, true);
    // A broker that keeps retained messages would keep this one for good.
    this.#client.publish(this.#presence, '', { qos: 1, retain: true }, () => {});
    this.#client.end();
  }

  #publish(topic, body, retain = false) {
    this.#tell('wire', { up: true, topic });
    this.#client.publish(topic, JSON.stringify(body), { qos: 1, retain }, () => {});
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function parse(payload) {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}

// Unlike crypto.randomUUID, this is there on pages without TLS too.
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
