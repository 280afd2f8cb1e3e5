select app_id, user_id, admin, expires_at, last_seen from mqtt_client where client_id = ?
