select online, last_seen from presence where app_id = ? and user_id = ? for update
