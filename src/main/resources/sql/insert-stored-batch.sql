insert into stored_batch (queue, stored_at, batch_id, entries) values (?, ?, ?, ?)
