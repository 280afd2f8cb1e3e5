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
