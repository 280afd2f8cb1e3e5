delete from app_ban where app_id = ? and user_id = ?
