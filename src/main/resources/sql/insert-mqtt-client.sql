insert into mqtt_client (client_id, app_id, user_id, admin, expires_at, last_seen) values (?, ?, ?, ?, ?, ?)
