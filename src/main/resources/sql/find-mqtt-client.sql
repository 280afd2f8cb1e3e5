select app_id, user_id, admin, last_seen from mqtt_client where client_id = ?
