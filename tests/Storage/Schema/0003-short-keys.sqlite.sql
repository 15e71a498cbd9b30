-- SQLite adds a check by rebuilding the table.
create table holder_new (
    area integer not null,
    id integer not null,
    key text not null,
    name text not null,
    kind text not null,
    born text,
    amount integer not null,
    active integer not null,
    seen_at text,
    photo blob,
    constraint holder_pk primary key (area, id),
    constraint holder_key unique (area, key),
    constraint holder_kind foreign key (kind) references kind (code),
    constraint holder_amount_not_negative check (amount >= 0),
    constraint holder_key_short check (length(key) <= 40)
) strict;

insert into holder_new (area, id, key, name, kind, born, amount, active, seen_at, photo)
select area, id, key, name, kind, born, amount, active, seen_at, photo from holder;

drop table holder;

alter table holder_new rename to holder;
