-- What somebody did at one moment for one reason; act_change says what it changed. Never updated, never deleted.
create table act (
    area integer not null,
    act_id {long} not null,
    at {instant} not null,
    account {text} not null,
    kind {text} not null,
    reason {text} not null,
    changes integer not null,
    constraint act_pk primary key (area, act_id)
) {strict};

create table act_change (
    area integer not null,
    act_id {long} not null,
    change_no integer not null,
    subject {text} not null,
    subject_id {text} not null,
    action {text} not null,
    old {text},
    new {text},
    constraint act_change_pk primary key (area, act_id, change_no),
    constraint act_change_act foreign key (area, act_id) references act (area, act_id)
) {strict};

create index act_change_subject on act_change (area, subject, subject_id);

-- The keyed chain over committed acts, in the order in which the area's sealer met them.
create table act_seal (
    area integer not null,
    seal_no {long} not null,
    act_id {long} not null,
    mac {bytes} not null,
    constraint act_seal_pk primary key (area, seal_no),
    constraint act_seal_act unique (area, act_id)
) {strict};
