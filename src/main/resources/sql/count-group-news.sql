select count(*) from (select 1 from group_news limit 10000) as waiting
