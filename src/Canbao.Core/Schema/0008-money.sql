-- Money moves from one account to another; a transfer is never changed.
create table transfer (
    area integer not null,
    transfer_id {long} not null,
    day {date} not null,
    debit {text} not null,
    credit {text} not null,
    amount {long} not null,
    kind {text} not null,
    act_id {long} not null,
    constraint transfer_pk primary key (area, transfer_id),
    constraint transfer_amount_positive check (amount > 0),
    constraint transfer_between_two check (debit <> credit)
) {strict};

-- Balances are kept only where they guard something: cash in the hands of an agent.
create table cash_balance (
    area integer not null,
    account {text} not null,
    balance {long} not null,
    constraint cash_balance_pk primary key (area, account),
    constraint cash_balance_not_negative check (balance >= 0)
) {strict};

create table payment (
    area integer not null,
    payment_id {long} not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    amount {long} not null,
    paid_on {date} not null,
    channel {text} not null,
    reference {text} not null,
    receipt_no {text} not null,
    account {text} not null,
    transfer_id {long},
    reversed_by {long},
    act_id {long} not null,
    constraint payment_pk primary key (area, payment_id),
    constraint payment_reference unique (area, channel, reference),
    constraint payment_person foreign key (area, person_id) references person (area, person_id),
    constraint payment_transfer foreign key (area, transfer_id) references transfer (area, transfer_id),
    constraint payment_amount_positive check (amount > 0)
) {strict};

create unique index payment_once on payment (area, insurance_year, person_id) where reversed_by is null;
create index payment_of_unit on payment (area, insurance_year, unit);

create table cover_span (
    area integer not null,
    insurance_year integer not null,
    person_id {long} not null,
    from_day {date} not null,
    until_day {date} not null,
    ground {text} not null,
    act_id {long} not null,
    constraint cover_span_pk primary key (area, insurance_year, person_id, from_day),
    constraint cover_span_person foreign key (area, person_id) references person (area, person_id),
    constraint cover_span_days check (until_day >= from_day)
) {strict};
