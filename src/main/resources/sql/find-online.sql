select online from presence where app_id = ? and user_id = ?
