update journal_position set position = ? where position = ?
