select coalesce(max(stored_at), 0) from stored_batch where queue = ?
