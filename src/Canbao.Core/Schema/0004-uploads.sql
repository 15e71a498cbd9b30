create table upload (
    area integer not null,
    upload_id {long} not null,
    constraint upload_pk primary key (area, upload_id)
) {strict};
