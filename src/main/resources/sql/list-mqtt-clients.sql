select client_id, last_seen from mqtt_client where app_id = ? and user_id = ? order by last_seen, client_id
