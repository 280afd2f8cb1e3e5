delete from client_message where app_id = ? and sender = ?
