-- Tables of the tests alone, in the form that every table of a tenant has.
create table kind (
    code {text} not null,
    name {text} not null,
    constraint kind_pk primary key (code)
) {strict};

create table holder (
    area integer not null,
    id {long} not null,
    key {text} not null,
    name {text} not null,
    kind {text} not null,
    born {date},
    amount {long} not null,
    active {bool} not null,
    seen_at {instant},
    photo {bytes},
    constraint holder_pk primary key (area, id),
    constraint holder_key unique (area, key),
    constraint holder_kind foreign key (kind) references kind (code),
    constraint holder_amount_not_negative check (amount >= 0)
) {strict};

insert into kind (code, name) values ('a', '甲'), ('b', '乙');
