insert into deletion (what, deleted_on) values (?, ?)
