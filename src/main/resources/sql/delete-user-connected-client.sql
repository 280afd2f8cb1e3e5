delete from connected_client where app_id = ? and user_id = ?
