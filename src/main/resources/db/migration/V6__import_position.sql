-- How far bin/import has come in a file of an export, so that it goes on there. A file is known by its collection, size,
-- beginning and end.
create table import_position (
    source         varchar(128) not null primary key,
    line           bigint       not null,
    offset_bytes   bigint       not null,
    stored         bigint       not null,
    refused        bigint       not null,
    refused_bytes  bigint       not null,
    report_bytes   bigint       not null
);
