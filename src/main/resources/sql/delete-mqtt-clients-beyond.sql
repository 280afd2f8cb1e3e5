delete from mqtt_client where client_id in (
    select client_id from mqtt_client where app_id = ? and user_id = ? order by last_seen desc, client_id offset ? rows)
