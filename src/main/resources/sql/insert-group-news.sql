insert into group_news (app_id, group_id, number, news_id, due_on, tries, details)
select cast(? as varchar(128)), cast(? as varchar(128)), coalesce(max(number), 0) + 1, cast(? as varchar(36)), 0, 0,
    cast(? as text)
from group_news
where app_id = ? and group_id = ?
