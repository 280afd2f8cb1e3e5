select entries from stored_batch where queue = ? order by stored_at, batch_id
