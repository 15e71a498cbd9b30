-- How often somebody asked within the running hour: by client address, by number. The subject is a keyed hash.
create table resident_count (
    area integer not null,
    kind {text} not null,
    subject {bytes} not null,
    since {instant} not null,
    tries integer not null,
    constraint resident_count_pk primary key (area, kind, subject)
) {strict};

-- What a resident is about to pay for some people in one go. paid_at is the moment of the first confirmation at the gateway, which all
-- repetitions keep.
create table resident_order (
    area integer not null,
    order_id {long} not null,
    code {text} not null,
    person_id {long} not null,
    insurance_year integer not null,
    made_at {instant} not null,
    paid_at {instant},
    act_id {long} not null,
    constraint resident_order_pk primary key (area, order_id),
    constraint resident_order_code unique (area, code),
    constraint resident_order_person foreign key (area, person_id) references person (area, person_id)
) {strict};

create index resident_order_of_person on resident_order (area, person_id);

create table resident_order_line (
    area integer not null,
    order_id {long} not null,
    line integer not null,
    person_id {long} not null,
    amount {long} not null,
    constraint resident_order_line_pk primary key (area, order_id, line),
    constraint resident_order_line_order foreign key (area, order_id) references resident_order (area, order_id),
    constraint resident_order_line_person foreign key (area, person_id) references person (area, person_id),
    constraint resident_order_line_amount check (amount > 0)
) {strict};

-- What a resident hands in to be registered. told is the form, sealed under the row's salt; by its keyed hash the same form that is sent
-- twice is known.
create table resident_application (
    area integer not null,
    application_id {long} not null,
    code {text} not null,
    kind {text} not null,
    unit {text} not null,
    household_id {long},
    applicant_id {long},
    salt {bytes} not null,
    told {bytes} not null,
    told_hash {bytes} not null,
    state {text} not null,
    reason {text} not null,
    account {text} not null,
    handed_in_at {instant} not null,
    decided_at {instant},
    act_id {long} not null,
    constraint resident_application_pk primary key (area, application_id),
    constraint resident_application_code unique (area, code),
    constraint resident_application_unit foreign key (area, unit) references unit (area, code),
    constraint resident_application_applicant foreign key (area, applicant_id) references person (area, person_id),
    constraint resident_application_kind check (kind in ('newborn', 'household')),
    constraint resident_application_state check (state in ('handed_in', 'accepted', 'refused')),
    constraint resident_application_newborn check (kind = 'household' or household_id is not null)
) {strict};

create index resident_application_waiting on resident_application (area, state, unit);
create index resident_application_same on resident_application (area, told_hash);
create index resident_application_of_person on resident_application (area, applicant_id);

create table resident_application_file (
    area integer not null,
    application_id {long} not null,
    upload_id {long} not null,
    kind {text} not null,
    constraint resident_application_file_pk primary key (area, application_id, upload_id),
    constraint resident_application_file_of foreign key (area, application_id) references resident_application (area, application_id),
    constraint resident_application_file_upload foreign key (area, upload_id) references upload (area, upload_id)
) {strict};
