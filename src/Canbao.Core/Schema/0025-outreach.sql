-- Whoever should be insured for a year and is not: one case for each, worked until it is closed. ground: 1 not registered, 2 registered
-- and not paid. state: 0 open, 1 closed; outcome tells by what.
create table outreach_case (
    area integer not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    ground integer not null,
    state integer not null,
    outcome {text} not null,
    proof_kind {text} not null,
    proof {text} not null,
    remark {text} not null,
    owner {text} not null,
    last_contact {date},
    next_visit {date},
    opened_on {date} not null,
    closed_on {date},
    act_id {long} not null,
    constraint outreach_case_pk primary key (area, insurance_year, person_id),
    constraint outreach_case_person foreign key (area, person_id) references person (area, person_id),
    constraint outreach_case_unit foreign key (area, unit) references unit (area, code),
    constraint outreach_case_ground_known check (ground in (1, 2)),
    constraint outreach_case_state_known check (state in (0, 1)),
    constraint outreach_case_closed_has_outcome check ((state = 0) = (outcome = '') and (state = 0) = (closed_on is null))
) {strict};

create index outreach_case_of_unit on outreach_case (area, insurance_year, unit, state);

-- Each visit, call or message.
create table outreach_contact (
    area integer not null,
    contact_id {long} not null,
    insurance_year integer not null,
    person_id {long} not null,
    day {date} not null,
    way {text} not null,
    result {text} not null,
    remark {text} not null,
    account {text} not null,
    act_id {long} not null,
    constraint outreach_contact_pk primary key (area, contact_id),
    constraint outreach_contact_case foreign key (area, insurance_year, person_id)
        references outreach_case (area, insurance_year, person_id)
) {strict};

create index outreach_contact_of_case on outreach_contact (area, insurance_year, person_id);

-- The last seal whose act the cases have followed.
create table outreach_cursor (
    area integer not null,
    follower {text} not null,
    seal_no {long} not null,
    constraint outreach_cursor_pk primary key (area, follower)
) {strict};
