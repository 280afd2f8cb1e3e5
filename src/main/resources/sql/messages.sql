-- The messages themselves (message), and the ids that their clients gave them (client_message). A message is found by its key
-- (primary key) or by its id (unique (app_id, message_id)); a client's id by the primary key (app_id, sender,
-- client_message_id).

-- name: insert-messages
insert into message (message_key, app_id, message_id, sender, recipient, type, channel, timestamp, payload)
select *
from unnest(
    cast(? as bigint array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
    cast(? as varchar array))

-- name: insert-client-messages
insert into client_message (app_id, sender, client_message_id, message_id)
select *
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))

-- name: insert-message-once
insert into message (message_key, app_id, message_id, sender, recipient, type, channel, timestamp, payload)
select cast(? as bigint), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)),
    cast(? as varchar(64)), cast(? as varchar(64)), cast(? as bigint), cast(? as varchar(1048576))
where not exists (select 1 from message where app_id = ? and message_id = ?)

-- name: update-message
update message set payload = ? where app_id = ? and message_id = ?

-- name: find-message
select payload, timestamp from message where app_id = ? and message_id = ?

-- name: find-payload
select payload from message where message_key = ?

-- name: find-messages-by-id
select m.app_id, m.message_id, m.message_key, m.timestamp, m.payload
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, message_id)
join message m on m.app_id = k.app_id and m.message_id = k.message_id

-- name: find-message-keys
-- Who wants to delete one of them waits until this transaction has ended, and then deletes what it has added too.
select m.app_id, m.message_id, m.message_key
from unnest(cast(? as varchar array), cast(? as varchar array)) as k (app_id, message_id)
join message m on m.app_id = k.app_id and m.message_id = k.message_id
for update

-- name: find-message-in-inbox
-- With a row of timeline_page.
-- A message that its client has sent before is found under the id that it got then.
select m.payload, coalesce(t.status, 100), m.recipient
from message m
left join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = m.recipient and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = coalesce((
    select c.message_id from client_message c where c.app_id = ? and c.sender = ? and c.client_message_id = ?), ?)

-- name: find-client-message
-- A row without a payload where the message is gone.
select m.payload
from client_message c
left join message m on m.app_id = c.app_id and m.message_id = c.message_id
where c.app_id = ? and c.sender = ? and c.client_message_id = ?

-- name: delete-orphaned-client-message
delete from client_message
where app_id = ? and sender = ? and client_message_id = ? and not exists (
    select 1 from message m where m.app_id = client_message.app_id and m.message_id = client_message.message_id)
