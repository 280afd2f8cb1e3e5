-- The message that brought the conversation back from the archive last: a message that comes again after a crash tells of
-- that once more.
alter table conversation add column unarchived_by varchar(128);
