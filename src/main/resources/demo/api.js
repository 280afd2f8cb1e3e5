// The REST calls of one user, and those of the page itself.

async function call(method, path, token, body) {
  const headers = {};
  if (token) {
    headers.Authorization = token;
  }
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.err || answer.msg || `HTTP ${response.status}`);
  }
  return answer;
}

/** What the page has to know: app, base path, WebSocket port, whether demo tokens are issued and presence is on. */
export const config = () => call('GET', '/demo/config');

/** A short-lived token for a user of this page. */
export const demoToken = async user =>
  (await call('POST', `/demo/token?user=${encodeURIComponent(user)}`)).token;

/** The routes and steps with their counts. */
export const flow = token => call('GET', '/demo/flow', token);

/** Which of these users are online: an object of id and boolean. */
export const presence = users => call('GET', `/demo/presence?users=${users.map(encodeURIComponent).join(',')}`);

/** The calls of one user. */
export class Api {
  #base;
  #user;
  #token;

  constructor(base, app, user, token) {
    this.#base = `${base}/${encodeURIComponent(app)}`;
    this.#user = encodeURIComponent(user);
    this.#token = token;
  }

  conversations = () => this.#own('GET', '/conversations');
  archived = () => this.#own('GET', '/conversations/archived');
  blocks = () => this.#own('GET', '/blocks');
  block = other => this.#own('PUT', `/blocks/${encodeURIComponent(other)}`);
  unblock = other => this.#own('DELETE', `/blocks/${encodeURIComponent(other)}`);

  /** A page of the messages with a peer, newest first; `next` of the page before it leads to older ones. */
  messages(peer, next) {
    const before = next ? `&before=${encodeURIComponent(next)}` : '';
    return this.#own('GET', `/conversations/${encodeURIComponent(peer)}/messages?limit=20${before}`);
  }

  async createGroup(name, members) {
    const answer = await call('POST', `${this.#base}/groups`, this.#token, {
      group_name: name,
      group_members: Object.fromEntries(members.map(member => [member, 1])),
    });
    return answer.group;
  }

  #own(method, path) {
    return call(method, `${this.#base}/${this.#user}${path}`, this.#token);
  }
}
