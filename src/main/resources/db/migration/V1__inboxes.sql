-- Everything is keyed by app. The same text runs on H2 and on PostgreSQL.

-- A message once, whatever the number of its inboxes; payload is its JSON without a status.
create table message (
    app_id     varchar(128)     not null,
    message_id varchar(128)     not null,
    sender     varchar(128)     not null,
    recipient  varchar(128)     not null,
    type       varchar(64),
    channel    varchar(64),
    timestamp  bigint           not null,
    payload    varchar(1048576) not null,
    primary key (app_id, message_id)
);

-- One small row per inbox. The key is the order in which histories are read.
create table timeline (
    app_id       varchar(128) not null,
    timeline_of  varchar(128) not null,
    convers_with varchar(128) not null,
    timestamp    bigint       not null,
    message_id   varchar(128) not null,
    status       smallint     not null,
    primary key (app_id, timeline_of, convers_with, timestamp, message_id)
);

-- One row per inbox and peer; patch holds the fields that clients set themselves, as JSON.
create table conversation (
    app_id          varchar(128) not null,
    timeline_of     varchar(128) not null,
    convers_with    varchar(128) not null,
    last_message_id varchar(128) not null,
    timestamp       bigint       not null,
    is_new          boolean      not null,
    archived        boolean      not null,
    unread          integer      not null,
    patch           varchar(65536),
    primary key (app_id, timeline_of, convers_with)
);

create table chat_group (
    app_id     varchar(128) not null,
    group_id   varchar(128) not null,
    name       varchar(1024),
    owner      varchar(128),
    attributes varchar(65536),
    created_on bigint       not null,
    updated_on bigint       not null,
    primary key (app_id, group_id)
);

create table group_member (
    app_id    varchar(128) not null,
    group_id  varchar(128) not null,
    member_id varchar(128) not null,
    primary key (app_id, group_id, member_id)
);

-- user_id wants nothing from blocked_id.
create table block (
    app_id     varchar(128) not null,
    user_id    varchar(128) not null,
    blocked_id varchar(128) not null,
    primary key (app_id, user_id, blocked_id)
);
create index block_by_blocked on block (app_id, blocked_id, user_id);

create table app_ban (
    app_id  varchar(128) not null,
    user_id varchar(128) not null,
    primary key (app_id, user_id)
);

-- What was stored from a queue in the last seconds, and so may come again: 16 bytes digest, 16 bytes message id and
-- 8 bytes timestamp a message, in the order of the queue.
create table stored_batch (
    queue     varchar(255) not null,
    stored_at bigint       not null,
    batch_id  varchar(36)  not null,
    entries   bytea        not null,
    primary key (queue, stored_at, batch_id)
);

-- The clients of a user that are connected now.
create table connected_client (
    app_id    varchar(128) not null,
    user_id   varchar(128) not null,
    client_id varchar(128) not null,
    since     bigint       not null,
    primary key (app_id, user_id, client_id)
);

create table presence (
    app_id    varchar(128) not null,
    user_id   varchar(128) not null,
    online    boolean      not null,
    last_seen bigint       not null,
    primary key (app_id, user_id)
);

-- Ids that clients gave their messages, so that what is resent is stored once.
create table client_message (
    app_id            varchar(128) not null,
    sender            varchar(128) not null,
    client_message_id varchar(64)  not null,
    message_id        varchar(128) not null,
    primary key (app_id, sender, client_message_id)
);

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
