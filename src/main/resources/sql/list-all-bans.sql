select app_id, user_id from app_ban limit ?
