-- As of which day assisted cover was opened: the day whose facts and prices hold. Null for cover of payments, which have their own, and
-- for what was opened before this was kept, where it is the day of the act.
alter table cover_span add column as_of {date};

-- For what a payer pays: few rows, shared by everybody whom they fit. Kept for ever.
create table funder_ground (
    area integer not null,
    ground_id {long} not null,
    payer {text} not null,
    payer_name {text} not null,
    rule {text} not null,
    says {text} not null,
    clause {text} not null,
    category {text} not null,
    category_name {text} not null,
    department {text} not null,
    account {text} not null,
    constraint funder_ground_pk primary key (area, ground_id)
) {strict};

create table funder_claim (
    area integer not null,
    claim_id {long} not null,
    number integer not null,
    insurance_year integer not null,
    payer {text} not null,
    unit {text} not null,
    department {text} not null,
    until_day {date} not null,
    people integer not null,
    amount {long} not null,
    state {text} not null,
    submitted_by {text} not null,
    submitted_on {date} not null,
    approved_by {text} not null,
    allocated_by {text} not null,
    allocated_on {date},
    allocation {text} not null,
    settled_by {text} not null,
    settled_on {date},
    remark {text} not null,
    act_id {long} not null,
    constraint funder_claim_pk primary key (area, claim_id),
    constraint funder_claim_number unique (area, insurance_year, number),
    constraint funder_claim_unit foreign key (area, unit) references unit (area, code),
    constraint funder_claim_positive check (amount > 0),
    constraint funder_claim_state check (state in ('submitted', 'returned', 'approved', 'allocated', 'settled'))
) {strict};

create table funder_share (
    area integer not null,
    share_id {long} not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    ground_id {long} not null,
    amount {long} not null,
    day {date} not null,
    claim_id {long},
    act_id {long} not null,
    constraint funder_share_pk primary key (area, share_id),
    constraint funder_share_person foreign key (area, person_id) references person (area, person_id),
    constraint funder_share_ground foreign key (area, ground_id) references funder_ground (area, ground_id),
    constraint funder_share_claim foreign key (area, claim_id) references funder_claim (area, claim_id),
    constraint funder_share_not_zero check (amount <> 0)
) {strict};

create index funder_share_of_person on funder_share (area, insurance_year, person_id);
create index funder_share_of_claim on funder_share (area, claim_id, ground_id);
