-- A message stands in an inbox once: two nodes that store it at the same time no longer both find that it is not there.
create table timeline_doubled as
select app_id, timeline_of, convers_with, timestamp, message_id, max(status) as status, min(message_key) as message_key
from timeline
group by app_id, timeline_of, convers_with, timestamp, message_id
having count(*) > 1;
delete from timeline t
where exists (
    select 1 from timeline_doubled d
    where d.app_id = t.app_id and d.timeline_of = t.timeline_of and d.convers_with = t.convers_with
        and d.timestamp = t.timestamp and d.message_id = t.message_id);
insert into timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key)
select app_id, timeline_of, convers_with, timestamp, message_id, status, message_key from timeline_doubled;
drop table timeline_doubled;
drop index timeline_page;
create unique index timeline_page
    on timeline (app_id, timeline_of, convers_with, timestamp, message_id) include (status, message_key);

-- Whether something in a conversation is new, and how much, say the same.
update conversation set unread = 1 where is_new and unread = 0;
update conversation set unread = 0 where not is_new and unread > 0;
