-- Files that offices hand in, kept as they came. state: 0 staged, 1 applied, 2 undone, 3 dropped.
create table upload (
    area integer not null,
    upload_id {long} not null,
    kind {text} not null,
    department {text} not null,
    file_name {text} not null,
    sha256 {bytes} not null,
    bytes {long} not null,
    parts integer not null,
    salt {bytes} not null,
    kept_act {long} not null,
    state integer not null,
    state_act {long} not null,
    rows_read {long} not null,
    rows_refused {long} not null,
    constraint upload_pk primary key (area, upload_id),
    constraint upload_state_known check (state between 0 and 3),
    constraint upload_kind_given check (kind <> ''),
    constraint upload_counts check (bytes >= 0 and parts >= 0 and rows_refused between 0 and rows_read)
) {strict};

create index upload_same on upload (area, kind, department, sha256);

-- The sealed content, cut into pieces that fit into memory one by one.
create table upload_part (
    area integer not null,
    upload_id {long} not null,
    part_no integer not null,
    content {bytes} not null,
    constraint upload_part_pk primary key (area, upload_id, part_no),
    constraint upload_part_upload foreign key (area, upload_id) references upload (area, upload_id)
) {strict};
