update queue_owner set node = null where queue = ? and epoch = ?
