-- What was deleted lately, and when: what is older and waited meanwhile is not taken in any more. A digest stands for what
-- it was, since nothing may be left that names it.
create table deletion (
    what       varchar(36) not null,
    deleted_on bigint      not null,
    -- Whether what waited for an operator was looked through.
    swept      boolean     default false not null,
    primary key (what)
);
create index deletion_by_time on deletion (deleted_on);
