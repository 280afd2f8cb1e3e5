delete from deletion where deleted_on < ?
