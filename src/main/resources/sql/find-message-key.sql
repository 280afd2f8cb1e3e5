select message_key from message where app_id = ? and message_id = ?
