select epoch from queue_owner where queue = ?
