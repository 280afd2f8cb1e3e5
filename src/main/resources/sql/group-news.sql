-- What is still to be told of changes of groups (group_news), found by the primary key (app_id, group_id, number).

-- name: insert-group-news
insert into group_news (app_id, group_id, number, news_id, due_on, tries, details)
select cast(? as varchar(128)), cast(? as varchar(128)), coalesce(max(number), 0) + 1, cast(? as varchar(36)), 0, 0,
    cast(? as text)
from group_news
where app_id = ? and group_id = ?

-- name: find-next-group-news
select number, news_id, due_on, tries, details from group_news where app_id = ? and group_id = ? order by number limit 1

-- name: find-due-group-news
-- By way of group_news_due (due_on).
select distinct app_id, group_id from group_news where due_on <= ? order by app_id, group_id limit 100

-- name: find-group-news-naming
-- Reads all that the app has; there is little.
select group_id, number, details from group_news where app_id = ? and position(cast(? as varchar) in details) > 0

-- name: update-group-news
update group_news set details = ? where app_id = ? and group_id = ? and number = ?

-- name: postpone-group-news
update group_news set due_on = ?, tries = ? where app_id = ? and group_id = ? and number = ?

-- name: free-group-news
-- By way of group_news_due.
update group_news set due_on = 0 where due_on > 0

-- name: delete-group-news
delete from group_news where app_id = ? and group_id = ? and number = ?

-- name: count-group-news
select count(*) from (select 1 from group_news limit 10000) as waiting
