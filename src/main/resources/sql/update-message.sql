update message set payload = ? where app_id = ? and message_id = ?
