select position from journal_position
