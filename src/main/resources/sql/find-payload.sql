select payload from message where message_key = ?
