insert into mqtt_client (client_id, app_id, user_id, admin, last_seen) values (?, ?, ?, ?, ?)
