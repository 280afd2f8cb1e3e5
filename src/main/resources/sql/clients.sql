-- Whose an MQTT client id is (mqtt_client), found by the primary key (client_id); those of a user by way of mqtt_client_of_user
-- (app_id, user_id, last_seen, client_id).

-- name: find-mqtt-client
select app_id, user_id, admin, expires_at, last_seen from mqtt_client where client_id = ?

-- name: list-mqtt-clients
-- By way of mqtt_client_of_user.
select client_id, last_seen from mqtt_client where app_id = ? and user_id = ? order by last_seen, client_id

-- name: insert-mqtt-client
insert into mqtt_client (client_id, app_id, user_id, admin, expires_at, last_seen) values (?, ?, ?, ?, ?, ?)

-- name: update-mqtt-client
update mqtt_client set admin = ?, expires_at = ?, last_seen = ? where client_id = ?

-- name: update-mqtt-client-seen
update mqtt_client set last_seen = ? where client_id = ?

-- name: delete-mqtt-client
delete from mqtt_client where client_id = ? and last_seen = ?
