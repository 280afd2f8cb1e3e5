-- One row for each message in each inbox (timeline), read by way of timeline_page (app_id, timeline_of, convers_with, timestamp,
-- message_id; with status and message_key), which is unique. The message itself is then one look at its primary key.

-- name: insert-timeline
insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
select *
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as bigint array),
    cast(? as varchar array), cast(? as smallint array), cast(? as bigint array))

-- name: insert-timeline-once
insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as bigint),
    message_id, cast(? as smallint), message_key
from message
where app_id = ? and message_id = ? and not exists (
    select 1 from timeline
    where app_id = ? and timeline_of = ? and convers_with = ? and timestamp = ? and message_id = ?)

-- name: raise-status
-- A status only ever goes up.
update timeline
set status = ?
where app_id = ? and timeline_of = ? and convers_with = ? and timestamp = ? and message_id = ? and status < ?

-- name: find-stored-copies
-- Which of these owners have a message in their inbox already.
select o.owner
from unnest(cast(? as varchar array)) as o (owner)
join message m on m.app_id = ? and m.message_id = ?
where exists (
    select 1 from timeline t
    where t.app_id = m.app_id and t.timeline_of = o.owner and t.convers_with = m.recipient
        and t.timestamp = m.timestamp and t.message_id = m.message_id)

-- name: list-messages-before
-- What is large is left for find-payload, so that nobody holds a page of it at once.
-- All columns of the key are named in the order, so that H2 too reads the key backwards instead of sorting.
select case when octet_length(m.payload) <= 4096 then m.payload end, t.status, t.timestamp, t.message_id, t.message_key
from timeline t
join message m on m.message_key = t.message_key
where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?
    and t.timestamp <= ? and (t.timestamp < ? or t.message_id < ?)
order by t.app_id desc, t.timeline_of desc, t.convers_with desc, t.timestamp desc, t.message_id desc
limit ?

-- name: list-messages-after
-- As in list-messages-before.
select case when octet_length(m.payload) <= 4096 then m.payload end, t.status, t.timestamp, t.message_id, t.message_key
from timeline t
join message m on m.message_key = t.message_key
where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?
    and t.timestamp >= ? and (t.timestamp > ? or t.message_id > ?)
order by t.app_id, t.timeline_of, t.convers_with, t.timestamp, t.message_id
limit ?

-- name: list-peers
select distinct convers_with from timeline where app_id = ? and timeline_of = ? order by convers_with

-- name: find-receipted
-- By the id of the message, then its row of timeline_page.
-- The payload only where its sender's page knows the message by an id of its own.
select m.sender, m.timestamp, case when position('"tempUID":' in m.payload) > 0 then m.payload end
from message m
join timeline t
    on t.app_id = m.app_id and t.timeline_of = ? and t.convers_with = ? and t.timestamp = m.timestamp
    and t.message_id = m.message_id
where m.app_id = ? and m.message_id = ?

-- name: find-received-live
-- Others' messages among the newest of an inbox that hold a text. Receipts come soon and of short messages: the bounds keep
-- anybody from having much read by receipts of nothing.
select m.message_id, m.sender, m.timestamp, m.payload
from (
    select t.message_key
    from timeline t
    where t.app_id = ? and t.timeline_of = ? and t.convers_with = ?
    order by t.app_id desc, t.timeline_of desc, t.convers_with desc, t.timestamp desc, t.message_id desc
    limit 50) newest
join message m on m.message_key = newest.message_key
where m.sender <> ? and octet_length(m.payload) <= 65536 and position(cast(? as varchar) in m.payload) > 0

-- name: find-unseen-history
-- A message of a group's own history that does not stand in a user's inbox.
select 1
from timeline g
where g.app_id = ? and g.timeline_of = ? and g.convers_with = ? and not exists (
    select 1 from timeline o
    where o.app_id = g.app_id and o.timeline_of = ? and o.convers_with = g.convers_with
        and o.timestamp = g.timestamp and o.message_id = g.message_id)
limit 1

-- name: count-history
-- As far as who joins is shown it.
select count(*) from (
    select 1 from timeline where app_id = ? and timeline_of = ? and convers_with = ? limit 200) as shown
