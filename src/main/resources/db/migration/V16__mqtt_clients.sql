-- Whose an MQTT client id is: with it goes the session that the broker keeps under it.
create table mqtt_client (
    client_id  varchar(255) not null,
    app_id     varchar(128) not null,
    user_id    varchar(128) not null,
    admin      boolean      not null,
    expires_at bigint       not null,
    last_seen  bigint       not null,
    primary key (client_id)
);
create index mqtt_client_of_user on mqtt_client (app_id, user_id, last_seen, client_id);
