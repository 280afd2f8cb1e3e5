select payload, timestamp from message where app_id = ? and message_id = ?
