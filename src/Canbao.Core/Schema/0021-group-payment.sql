-- Who pays one sum for many; null for batches of cash.
alter table collection_batch add column payer {text};
alter table collection_batch add column payer_kind {text};

-- For whom a group payment is, and how much, from the confirmation until the money comes.
create table group_line (
    area integer not null,
    batch_id {long} not null,
    person_id {long} not null,
    line integer not null,
    amount {long} not null,
    act_id {long} not null,
    constraint group_line_pk primary key (area, batch_id, person_id),
    constraint group_line_once unique (area, batch_id, line),
    constraint group_line_batch foreign key (area, batch_id) references collection_batch (area, batch_id),
    constraint group_line_person foreign key (area, person_id) references person (area, person_id),
    constraint group_line_amount_positive check (amount > 0)
) {strict};

create index group_line_of_person on group_line (area, person_id);
