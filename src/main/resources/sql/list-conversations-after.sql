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
