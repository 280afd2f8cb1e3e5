-- The order in which lists of conversations are read.
create index conversation_newest on conversation (app_id, timeline_of, archived, timestamp, convers_with);

-- Where a user's devices are reached by push.
create table instance (
    app_id           varchar(128) not null,
    instance_id      varchar(512) not null,
    user_id          varchar(128) not null,
    device_model     varchar(512),
    language         varchar(64),
    platform         varchar(64),
    platform_version varchar(64),
    primary key (app_id, instance_id)
);
create index instance_by_user on instance (app_id, user_id);
