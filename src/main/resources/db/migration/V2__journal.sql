-- The number of the last transaction in the journal that this database has; see store/journal.
create table journal_position (position bigint not null);
insert into journal_position values (0);
