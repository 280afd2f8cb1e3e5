-- One row for each inbox and peer (conversation), found by the primary key (app_id, timeline_of, convers_with); lists are read by
-- way of conversation_newest (app_id, timeline_of, archived, timestamp, convers_with).

-- name: merge-conversations
-- An older message never replaces a newer one, by the order that histories have, but it is new to the reader all the same.
-- What is new stays new until the owner says otherwise.
merge into conversation c
using (
    select *
    from unnest(
        cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
        cast(? as bigint array), cast(? as boolean array), cast(? as integer array),
        cast(? as varchar array))
        as n (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, unread, first_message_id)
) s
on c.app_id = s.app_id and c.timeline_of = s.timeline_of and c.convers_with = s.convers_with
when matched then update set
    last_message_id = case
        when s.timestamp > c.timestamp or s.timestamp = c.timestamp and s.last_message_id > c.last_message_id
        then s.last_message_id else c.last_message_id end,
    timestamp = case when s.timestamp > c.timestamp then s.timestamp else c.timestamp end,
    is_new = (c.is_new or s.is_new),
    archived = false,
    unarchived_by = case when c.archived then s.first_message_id else c.unarchived_by end,
    unread = c.unread + s.unread
when not matched then insert
    (app_id, timeline_of, convers_with, last_message_id, timestamp, is_new, archived, unread)
    values (s.app_id, s.timeline_of, s.convers_with, s.last_message_id, s.timestamp, s.is_new, false, s.unread)

-- name: find-newest
select c.app_id, c.timeline_of, c.convers_with, c.timestamp, c.last_message_id
from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
    as k (app_id, timeline_of, convers_with)
join conversation c on c.app_id = k.app_id and c.timeline_of = k.timeline_of and c.convers_with = k.convers_with

-- name: find-unarchived
-- Whoever has archived a conversation once more has nothing to hear of that it had come back.
select c.app_id, c.timeline_of, c.convers_with, c.unarchived_by
from unnest(
    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
    as k (app_id, timeline_of, convers_with, message_id)
join conversation c on c.app_id = k.app_id and c.timeline_of = k.timeline_of and c.convers_with = k.convers_with
where c.unarchived_by = k.message_id and not c.archived

-- name: find-conversation
select c.is_new, c.archived, c.unread, c.patch, c.timestamp, m.payload, t.status
from conversation c
left join message m on m.app_id = c.app_id and m.message_id = c.last_message_id
left join timeline t
    on t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
    and t.timestamp = m.timestamp and t.message_id = c.last_message_id
where c.app_id = ? and c.timeline_of = ? and c.convers_with = ?

-- name: lock-conversation
select 1 from conversation where app_id = ? and timeline_of = ? and convers_with = ? for update

-- name: update-conversation
update conversation
set is_new = ?, archived = ?, unread = ?, patch = ?
where app_id = ? and timeline_of = ? and convers_with = ?

-- name: list-conversations-before
-- The last message is looked up by way of the inbox, whose index says its key: a look-up by its id would read as many
-- pages again. Where the times differ, as they may in what was imported, the message is missing here.
-- What is large is missing too, so that nobody holds a page of it at once: find-conversation has it.
select c.is_new, c.archived, c.unread, case when octet_length(c.patch) <= 4096 then c.patch end, c.timestamp,
    case when octet_length(m.payload) <= 4096 and (c.patch is null or octet_length(c.patch) <= 4096) then m.payload end,
    t.status, c.convers_with
from conversation c
left join timeline t
    on t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
    and t.timestamp = c.timestamp and t.message_id = c.last_message_id
left join message m on m.message_key = t.message_key
where c.app_id = ? and c.timeline_of = ? and c.archived = ?
    and c.timestamp <= ? and (c.timestamp < ? or c.convers_with < ?)
order by c.app_id desc, c.timeline_of desc, c.archived desc, c.timestamp desc, c.convers_with desc
limit ?

-- name: list-conversations-after
-- As in list-conversations-before.
select c.is_new, c.archived, c.unread, case when octet_length(c.patch) <= 4096 then c.patch end, c.timestamp,
    case when octet_length(m.payload) <= 4096 and (c.patch is null or octet_length(c.patch) <= 4096) then m.payload end,
    t.status, c.convers_with
from conversation c
left join timeline t
    on t.app_id = c.app_id and t.timeline_of = c.timeline_of and t.convers_with = c.convers_with
    and t.timestamp = c.timestamp and t.message_id = c.last_message_id
left join message m on m.message_key = t.message_key
where c.app_id = ? and c.timeline_of = ? and c.archived = ?
    and c.timestamp >= ? and (c.timestamp > ? or c.convers_with > ?)
order by c.app_id, c.timeline_of, c.archived, c.timestamp, c.convers_with
limit ?

-- name: count-unread
-- By way of conversation_newest.
select coalesce(sum(unread), 0)
from conversation
where app_id = ? and timeline_of = ? and archived = false
