select group_id, number, details from group_news where app_id = ? and position(cast(? as varchar) in details) > 0
