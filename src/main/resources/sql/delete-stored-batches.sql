delete from stored_batch where queue = ? and stored_at < ?
