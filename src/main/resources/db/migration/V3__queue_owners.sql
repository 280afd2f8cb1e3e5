-- Which node stores what comes from a queue: whoever raised the epoch last. An earlier owner that does not know yet that
-- it was given up, since it stood still or its connection was cut, finds another epoch and stores nothing more.
create table queue_owner (
    queue varchar(255) not null primary key,
    epoch bigint       not null,
    -- null once the owner has given the queue up of its own accord
    node  varchar(255)
);
