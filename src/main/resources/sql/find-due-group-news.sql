select distinct app_id, group_id from group_news where due_on <= ? order by app_id, group_id limit 100
