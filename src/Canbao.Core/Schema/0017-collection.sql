-- What one person collected for one unit and year, on its way to the treasury.
create table collection_batch (
    area integer not null,
    batch_id {long} not null,
    kind {text} not null,
    unit {text} not null,
    insurance_year integer not null,
    number integer not null,
    agent {text} not null,
    holder {text} not null,
    state {text} not null,
    receipts integer not null,
    clock_id {long},
    opened_on {date} not null,
    act_id {long} not null,
    constraint collection_batch_pk primary key (area, batch_id),
    constraint collection_batch_number unique (area, insurance_year, number),
    constraint collection_batch_unit foreign key (area, unit) references unit (area, code),
    constraint collection_batch_clock foreign key (area, clock_id) references clock (area, clock_id),
    constraint collection_batch_kind check (kind in ('village', 'school', 'notice'))
) {strict};

create index collection_batch_of_agent on collection_batch (area, agent, state);
create index collection_batch_of_unit on collection_batch (area, unit, insurance_year);

-- Each step once, with what it counted.
create table collection_step (
    area integer not null,
    batch_id {long} not null,
    step {text} not null,
    people integer not null,
    amount {long} not null,
    account {text} not null,
    day {date} not null,
    place {text} not null,
    reference {text} not null,
    transfer_id {long},
    act_id {long} not null,
    constraint collection_step_pk primary key (area, batch_id, step),
    constraint collection_step_batch foreign key (area, batch_id) references collection_batch (area, batch_id),
    constraint collection_step_transfer foreign key (area, transfer_id) references transfer (area, transfer_id)
) {strict};

create unique index collection_step_reference on collection_step (area, step, place, reference) where reference <> '';

-- A line that the next desk gave back: it left this batch.
create table returned_line (
    area integer not null,
    payment_id {long} not null,
    batch_id {long} not null,
    reason {text} not null,
    account {text} not null,
    answer {text},
    act_id {long} not null,
    constraint returned_line_pk primary key (area, payment_id, batch_id),
    constraint returned_line_payment foreign key (area, payment_id) references payment (area, payment_id),
    constraint returned_line_batch foreign key (area, batch_id) references collection_batch (area, batch_id)
) {strict};

create index returned_line_of_batch on returned_line (area, batch_id);

-- How much cash somebody may hold for how many days.
create table cash_limit (
    area integer not null,
    amount {long} not null,
    days integer not null,
    act_id {long} not null,
    constraint cash_limit_pk primary key (area, act_id)
) {strict};

alter table payment add column batch_id {long};
alter table payment add column copies integer not null default 0;
alter table payment add column void_reason {text};
create index payment_of_batch on payment (area, batch_id);
