delete from group_news where app_id = ? and group_id = ? and number = ?
