-- Since when somebody is a member: who has been for longest owns the group when its owner goes.
alter table group_member add column joined_on bigint default 0 not null;

alter table chat_group alter column attributes set data type varchar(262144);
-- How many bytes its attributes take, for the quota of its owner.
alter table chat_group add column attributes_size integer default 0 not null;
-- What a member that joins is shown of what was said before: all, or none of it.
alter table chat_group add column history varchar(16) default 'all' not null;
update chat_group set attributes_size = char_length(attributes) where attributes is not null;
create index chat_group_by_owner on chat_group (app_id, owner);

-- What is to be told of changes of groups: stored with the change, and deleted once the broker has taken all of it. That
-- of one group is told in the order of its numbers; nobody begins with one before the time in due_on.
create table group_news (
    app_id   varchar(128) not null,
    group_id varchar(128) not null,
    number   bigint       not null,
    news_id  varchar(36)  not null,
    due_on   bigint       not null,
    tries    integer      not null,
    details  text         not null,
    primary key (app_id, group_id, number)
);
create index group_news_due on group_news (due_on);
