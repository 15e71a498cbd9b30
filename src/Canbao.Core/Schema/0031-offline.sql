-- Work that somebody took along: the receipt numbers of one account and device for one day.
create table collection_bag (
    area integer not null,
    bag_id {long} not null,
    insurance_year integer not null,
    number integer not null,
    unit {text} not null,
    agent {text} not null,
    device {text} not null,
    numbers integer not null,
    issued_at {instant} not null,
    valid_on {date} not null,
    returned_at {instant},
    act_id {long} not null,
    constraint collection_bag_pk primary key (area, bag_id),
    constraint collection_bag_number unique (area, insurance_year, number),
    constraint collection_bag_unit foreign key (area, unit) references unit (area, code),
    constraint collection_bag_numbers check (numbers > 0)
) {strict};

create index collection_bag_of_agent on collection_bag (area, agent, valid_on);

-- Cash that was taken without a connection, once for each key of the phone and each receipt number.
create table bag_taking (
    area integer not null,
    taking_key {text} not null,
    bag_id {long} not null,
    line integer not null,
    person_id {long} not null,
    amount {long} not null,
    verdict_id {long} not null,
    taken_at {instant} not null,
    state {text} not null,
    code {text} not null,
    reason {text} not null,
    payment_id {long},
    transfer_id {long},
    back_id {long},
    act_id {long} not null,
    constraint bag_taking_pk primary key (area, taking_key),
    constraint bag_taking_line unique (area, bag_id, line),
    constraint bag_taking_bag foreign key (area, bag_id) references collection_bag (area, bag_id),
    constraint bag_taking_person foreign key (area, person_id) references person (area, person_id),
    constraint bag_taking_payment foreign key (area, payment_id) references payment (area, payment_id),
    constraint bag_taking_transfer foreign key (area, transfer_id) references transfer (area, transfer_id),
    constraint bag_taking_back foreign key (area, back_id) references transfer (area, transfer_id),
    constraint bag_taking_amount_positive check (amount > 0),
    constraint bag_taking_state check (state in ('posted', 'refused', 'void'))
) {strict};

create index bag_taking_to_give_back on bag_taking (area, bag_id) where state = 'refused' and back_id is null;
