select number, news_id, due_on, tries, details from group_news where app_id = ? and group_id = ? order by number limit 1
