// Puts the page together: two users, the flow, and what is on the wire.
import { config as readConfig, presence } from '/demo/api.js';
import { el } from '/demo/dom.js';
import { FlowView } from '/demo/flow.js';
import { Pane } from '/demo/pane.js';

const WIRE_LINES = 14;
const PRESENCE_MS = 1500;
const byId = id => document.getElementById(id);

const config = await readConfig();
const query = new URLSearchParams(location.search);
const left = new Pane(byId('left'), 'left', config, query.get('left') || 'alice');
const right = new Pane(byId('right'), 'right', config, query.get('right') || 'bob');
const panes = { left, right };

function showNames() {
  for (const [side, pane] of Object.entries(panes)) {
    const other = pane === left ? right : left;
    const unread = pane.conversations?.unread ?? 0;
    byId(`tab-${side}`).replaceChildren(pane.user, unread ? el('span', { class: 'badge' }, String(unread)) : '');
    pane.suggestedMembers = other.user;
  }
  byId('next-sub').textContent = 'mosquitto_sub' + (location.hostname === 'localhost' ? '' : ` -h ${location.hostname}`)
    + (config.mqttPort === 1883 ? '' : ` -p ${config.mqttPort}`)
    + ` -u JWT -P "$(bin/token ${word(right.user)})" -t ${word(`apps/${config.app}/users/${right.user}/#`)} -v`;
  byId('next-api').href = `${config.base}/openapi.json`;
}

// As a shell takes it, whatever is in it.
function word(text) {
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function showWire({ up, topic, user }) {
  const wire = byId('wire');
  wire.prepend(el('li', {}, el('span', { class: up ? 'up' : 'down' }, `${up ? '↑' : '↓'} ${user}`), el('code', {}, topic)));
  while (wire.children.length > WIRE_LINES) {
    wire.lastElementChild.remove();
  }
}

function showTab(tab, focus) {
  document.body.dataset.tab = tab.dataset.tab;
  for (const other of document.querySelectorAll('[role=tab]')) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', String(chosen));
    other.tabIndex = chosen ? 0 : -1;
  }
  panes[tab.dataset.tab]?.seen();
  if (focus) {
    tab.focus();
  }
}

const tabs = [...document.querySelectorAll('[role=tab]')];
tabs.forEach((tab, i) => {
  tab.addEventListener('click', () => showTab(tab));
  tab.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      showTab(tabs[(i + step + tabs.length) % tabs.length], true);
    }
  });
});

async function watchPresence() {
  if (!config.presence || !config.tokens) {
    return;
  }
  for (;;) {
    const users = [...new Set([...left.watched, ...right.watched])];
    if (users.length && document.visibilityState === 'visible') {
      try {
        const online = await presence(users);
        left.showPresence(online);
        right.showPresence(online);
      } catch {
        // The state of the connection says what is wrong.
      }
    }
    await new Promise(resolve => setTimeout(resolve, PRESENCE_MS));
  }
}

for (const pane of [left, right]) {
  pane.addEventListener('wire', event => showWire(event.detail));
  pane.addEventListener('change', showNames);
  pane.addEventListener('name', showNames);
}
document.addEventListener('visibilitychange', () => [left, right].forEach(pane => pane.seen()));
addEventListener('pagehide', () => [left, right].forEach(pane => pane.stop()));

showNames();
await Promise.all([left.start(), right.start()]);
if (config.tokens) {
  await left.open(right.user, right.user, false, false);
}
new FlowView(byId('routes'), byId('flow-state'), () => config.tokens ? null : left.token ?? right.token).run();
watchPresence();
