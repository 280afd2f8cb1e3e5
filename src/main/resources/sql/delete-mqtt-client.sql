delete from mqtt_client where client_id = ? and last_seen = ?
