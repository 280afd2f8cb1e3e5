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
