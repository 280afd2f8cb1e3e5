-- Who is there (presence), and with which clients (connected_client), found by the primary keys (app_id, user_id) and (app_id,
-- user_id, client_id).

-- name: connect-client
insert into connected_client (app_id, user_id, client_id, since)
select cast(? as varchar(128)), cast(? as varchar(128)), cast(? as varchar(128)), cast(? as bigint)
where not exists (select 1 from connected_client where app_id = ? and user_id = ? and client_id = ?)

-- name: disconnect-client
delete from connected_client where app_id = ? and user_id = ? and client_id = ?

-- name: count-clients
select count(*) from connected_client where app_id = ? and user_id = ?

-- name: find-first-client
select client_id, since from connected_client where app_id = ? and user_id = ? order by since, client_id limit 1

-- name: merge-presence
merge into presence p
using (
    select cast(? as varchar(128)) as app_id, cast(? as varchar(128)) as user_id, cast(? as boolean) as online,
        cast(? as bigint) as last_seen
) s
on p.app_id = s.app_id and p.user_id = s.user_id
when matched then update set online = s.online, last_seen = s.last_seen
when not matched then insert (app_id, user_id, online, last_seen)
    values (s.app_id, s.user_id, s.online, s.last_seen)

-- name: find-presence
select online, last_seen from presence where app_id = ? and user_id = ? for update

-- name: find-presences
select a.user_id, p.online, p.last_seen
from unnest(cast(? as varchar array)) as a (user_id)
left join presence p on p.app_id = ? and p.user_id = a.user_id
where ? or a.user_id = ? or exists (
    select 1 from conversation c where c.app_id = ? and c.timeline_of = ? and c.convers_with = a.user_id)

-- name: find-presence-partners
-- By way of conversation_newest, then by the primary key of conversation.
-- Who has an open conversation with a user, as far as that user's own newest ones lead to them, archived or not. Each part
-- reads no more rows of the index than are asked for, whatever the number of conversations.
select n.convers_with
from (
    (select c.convers_with
    from conversation c
    where c.app_id = ? and c.timeline_of = ? and c.archived = false
    order by c.app_id desc, c.timeline_of desc, c.archived desc, c.timestamp desc, c.convers_with desc
    limit ?)
    union all
    (select c.convers_with
    from conversation c
    where c.app_id = ? and c.timeline_of = ? and c.archived = true
    order by c.app_id desc, c.timeline_of desc, c.archived desc, c.timestamp desc, c.convers_with desc
    limit ?)
) n
where n.convers_with <> ? and exists (
    select 1 from conversation o
    where o.app_id = ? and o.timeline_of = n.convers_with and o.convers_with = ? and o.archived = false)
limit ?
