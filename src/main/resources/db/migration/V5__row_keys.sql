-- A page of a history is a range of one index, and then a look at the key of each message. Keys grow with time. There is
-- no primary key over timeline beside that index, which would cost as much again; who inserts sees to it that a message
-- stands in an inbox once.
create table message_by_key (
    message_key bigint           not null primary key,
    app_id      varchar(128)     not null,
    message_id  varchar(128)     not null,
    sender      varchar(128)     not null,
    recipient   varchar(128)     not null,
    type        varchar(64),
    channel     varchar(64),
    timestamp   bigint           not null,
    payload     varchar(1048576) not null,
    unique (app_id, message_id)
);
insert into message_by_key
select row_number() over (order by timestamp, message_id), app_id, message_id, sender, recipient, type, channel, timestamp,
    payload
from message;

create table timeline_by_key (
    app_id       varchar(128) not null,
    timeline_of  varchar(128) not null,
    convers_with varchar(128) not null,
    timestamp    bigint       not null,
    message_id   varchar(128) not null,
    status       smallint     not null,
    message_key  bigint       not null
);
insert into timeline_by_key
select t.app_id, t.timeline_of, t.convers_with, t.timestamp, t.message_id, t.status, m.message_key
from timeline t
join message_by_key m on m.app_id = t.app_id and m.message_id = t.message_id;

drop table timeline;
drop table message;
alter table message_by_key rename to message;
alter table timeline_by_key rename to timeline;
create index timeline_page
    on timeline (app_id, timeline_of, convers_with, timestamp, message_id, status, message_key);
