// What a chat page does: node page.js PORT USER TOKEN RECIPIENT ANOTHER_CLIENT_ID
const mqtt = require('mqtt');
const [port, user, token, recipient, another] = process.argv.slice(2);
const tree = `apps/tilechat/users/${user}`;
const url = `ws://127.0.0.1:${port}/ws`;
const options = (clientId) => ({
  clientId,
  username: 'JWT',
  password: token,
  clean: true,
  protocolVersion: 4,
  reconnectPeriod: 1000,
  will: { topic: `${tree}/presence/${clientId}`, payload: '{"disconnected":true}', qos: 1, retain: true },
});
const own = `page_${Math.random().toString(16).slice(2)}`;
const page = mqtt.connect(url, options(own));

const fail = (what) => { console.log(what); process.exit(1); };
setTimeout(() => fail('nothing came'), 60000);

page.once('connect', () => {
  console.log('in');
  page.subscribe(`${tree}/#`, { qos: 1 }, (failure) => {
    if (failure) fail(`no subscription: ${failure}`);
    page.publish(`${tree}/presence/${own}`, '{"connected":true}', { qos: 1, retain: true });
    page.publish(`apps/tilechat/outgoing/users/${user}/messages/${recipient}/outgoing`, '{"text":"from a page"}', { qos: 1 });
  });
});
page.on('message', (topic) => {
  if (!topic.endsWith(`/messages/${recipient}/clientadded`)) return;
  console.log('own copy');
  const thief = mqtt.connect(url, { ...options(another), reconnectPeriod: 0 });
  thief.once('connect', () => fail("in under another's id"));
  // RabbitMQ 3 closes a WebSocket without saying why.
  let refused = false;
  const refuse = () => {
    if (refused) return;
    refused = true;
    console.log("refused under another's id");
    thief.end(true);
    page.end(false, {}, () => process.exit(0));
  };
  thief.once('error', refuse);
  thief.once('close', refuse);
});
