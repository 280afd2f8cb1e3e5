select user_id from app_ban where app_id = ? order by user_id
