-- What only H2 knows: where its file is, and which transaction of the journal it has.

-- name: find-file
select database_path()

-- name: find-journal-position
select position from journal_position

-- name: move-journal-position
update journal_position set position = ? where position = ?
