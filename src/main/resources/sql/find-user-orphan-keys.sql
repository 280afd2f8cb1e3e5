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
