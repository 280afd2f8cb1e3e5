-- A message of a group's own history that does not stand in a user's inbox.
select 1
from timeline g
where g.app_id = ? and g.timeline_of = ? and g.convers_with = ? and not exists (
    select 1 from timeline o
    where o.app_id = g.app_id and o.timeline_of = ? and o.convers_with = g.convers_with
        and o.timestamp = g.timestamp and o.message_id = g.message_id)
limit 1
