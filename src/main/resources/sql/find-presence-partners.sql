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
