delete from mqtt_client where app_id = ? and user_id = ?
