-- The nodes that share the queues. Each says again and again that it is there, and until when that holds.
create table node (
    -- that of messages, by which those that belong together are told from others at the same database
    queue      varchar(255)             not null,
    name       varchar(255)             not null,
    -- over how many queues it spreads messages; 0 for one that consumes none
    partitions integer                  not null,
    expires    timestamp with time zone not null,
    primary key (queue, name)
);
