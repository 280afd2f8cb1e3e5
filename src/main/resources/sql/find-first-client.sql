select client_id, since from connected_client where app_id = ? and user_id = ? order by since, client_id limit 1
