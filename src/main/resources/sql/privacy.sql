-- What goes when a user or the messages of a group are deleted. What is a user's begins with (app_id, user) in a key or an index;
-- what is a group's reads all inboxes of the app.

-- name: find-user-message-keys
-- By way of timeline_page.
select distinct message_key from timeline where app_id = ? and timeline_of = ?

-- name: find-group-message-keys
-- Those in anybody's inbox, the group's own among them.
select distinct message_key from timeline where app_id = ? and convers_with = ?

-- name: find-user-orphan-keys
-- What stands in nobody else's inbox: neither with the peer of a direct message nor in a group's own history. Each of the
-- two is asked for with every column of the index, since with a choice of peers PostgreSQL reads the whole inbox of one
-- for each message.
select distinct t.message_key
from timeline t
where t.app_id = ? and t.timeline_of = ?
    and not exists (
        select 1 from timeline o
        where o.app_id = t.app_id and o.timeline_of = t.convers_with and o.timeline_of <> t.timeline_of
            and o.convers_with = t.timeline_of
            and o.timestamp = t.timestamp and o.message_id = t.message_id)
    and not exists (
        select 1 from timeline o
        where o.app_id = t.app_id and o.timeline_of = t.convers_with and o.timeline_of <> t.timeline_of
            and o.convers_with = t.convers_with
            and o.timestamp = t.timestamp and o.message_id = t.message_id)

-- name: find-direct-message-keys
-- Of these messages those that stand in a conversation of two as well, so that the id was no group's.
select m.message_key
from message m
where m.message_key in (select * from unnest(cast(? as bigint array)))
    and (exists (
            select 1 from timeline o
            where o.app_id = m.app_id and o.timeline_of = m.sender and o.convers_with = m.recipient
                and o.timestamp = m.timestamp and o.message_id = m.message_id and m.recipient <> ?)
        or exists (
            select 1 from timeline o
            where o.app_id = m.app_id and o.timeline_of = m.recipient and o.convers_with = m.sender
                and o.timestamp = m.timestamp and o.message_id = m.message_id and m.sender <> ?))

-- name: delete-messages
-- Waits for whoever adds copies of one of them meanwhile; that one's rows are seen by the statements after this.
delete from message where message_key in (select * from unnest(cast(? as bigint array)))

-- name: delete-client-messages-of
-- What a client gave an id may be sent under it anew once it is gone.
delete from client_message
where app_id = ? and (sender, message_id) in (
    select m.sender, m.message_id
    from message m
    where m.message_key in (select * from unnest(cast(? as bigint array))))

-- name: delete-user-timeline
-- By way of timeline_page.
delete from timeline
where app_id = ? and timeline_of = ? and message_key in (select * from unnest(cast(? as bigint array)))

-- name: delete-group-timelines
delete from timeline
where app_id = ? and convers_with = ? and message_key in (select * from unnest(cast(? as bigint array)))

-- name: lock-user-conversations
select timeline_of, convers_with from conversation where app_id = ? and timeline_of = ?
order by timeline_of, convers_with for update

-- name: lock-group-conversations
select timeline_of, convers_with from conversation where app_id = ? and convers_with = ?
order by timeline_of, convers_with for update

-- name: recount-conversations
-- A conversation says what its inbox still holds: what came while others were deleted stays, and is what the conversation
-- shows and counts. Where nothing is left it goes. By the primary key, and by way of timeline_page.
merge into conversation c
using (
    select k.app_id, k.timeline_of, k.convers_with,
        (select t.message_id from timeline t
        where t.app_id = k.app_id and t.timeline_of = k.timeline_of and t.convers_with = k.convers_with
        order by t.app_id desc, t.timeline_of desc, t.convers_with desc, t.timestamp desc, t.message_id desc
        limit 1) as last_message_id,
        (select max(t.timestamp) from timeline t
        where t.app_id = k.app_id and t.timeline_of = k.timeline_of and t.convers_with = k.convers_with) as timestamp,
        (select count(*) from timeline t join message m on m.message_key = t.message_key
        where t.app_id = k.app_id and t.timeline_of = k.timeline_of and t.convers_with = k.convers_with
            and m.sender <> k.timeline_of) as others
    from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
        as k (app_id, timeline_of, convers_with)
) s
on c.app_id = s.app_id and c.timeline_of = s.timeline_of and c.convers_with = s.convers_with
when matched and s.last_message_id is null then delete
when matched then update set
    last_message_id = s.last_message_id, timestamp = s.timestamp, unread = least(c.unread, s.others),
    is_new = (c.is_new and s.others > 0)

-- name: delete-group-conversations
delete from conversation where app_id = ? and convers_with = ?

-- name: delete-user-client-message
delete from client_message where app_id = ? and sender = ?

-- name: delete-user-block
delete from block where app_id = ? and user_id = ?

-- name: delete-user-instance
-- By way of instance_by_user.
delete from instance where app_id = ? and user_id = ?

-- name: delete-user-connected-client
delete from connected_client where app_id = ? and user_id = ?

-- name: delete-user-presence
delete from presence where app_id = ? and user_id = ?

-- name: delete-user-mqtt-client
-- By way of mqtt_client_of_user.
delete from mqtt_client where app_id = ? and user_id = ?
