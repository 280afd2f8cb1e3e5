select max(deleted_on) from deletion
