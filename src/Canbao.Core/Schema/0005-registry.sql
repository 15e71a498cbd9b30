-- People and households. Numbers and phones are sealed under the key of the row's salt and found by keyed hash.
create table household (
    area integer not null,
    household_id {long} not null,
    unit {text} not null,
    number {text} not null,
    address {text} not null,
    ended_on {date},
    act_id {long} not null,
    constraint household_pk primary key (area, household_id),
    constraint household_unit foreign key (area, unit) references unit (area, code)
) {strict};

create unique index household_number on household (area, number) where number <> '';
create index household_of_unit on household (area, unit);

create table person (
    area integer not null,
    person_id {long} not null,
    number_hash {bytes},
    number_sealed {bytes},
    number_mask {text} not null,
    salt {bytes} not null,
    name {text} not null,
    sex integer not null,
    born_on {date} not null,
    died_on {date},
    merged_into {long},
    act_id {long} not null,
    constraint person_pk primary key (area, person_id),
    constraint person_merged_into foreign key (area, merged_into) references person (area, person_id),
    constraint person_name_given check (name <> ''),
    constraint person_sex_known check (sex in (1, 2)),
    constraint person_death_after_birth check (died_on >= born_on),
    constraint person_not_merged_into_itself check (merged_into <> person_id)
) {strict};

create unique index person_number on person (area, number_hash) where number_hash is not null;
create index person_name on person (area, name);

-- What is so of a person from one day to another (inclusive); the open span has no last day.
create table person_status (
    area integer not null,
    person_id {long} not null,
    from_day {date} not null,
    until_day {date},
    unit {text} not null,
    household_id {long},
    relation integer not null,
    residence integer not null,
    permit_until {date},
    employment integer not null,
    employee_cover_ended {date},
    student integer not null,
    school_entry {date},
    school_unit {text},
    scope_status integer not null,
    other_cover integer not null,
    address {text} not null,
    phone_hash {bytes},
    phone_sealed {bytes},
    act_id {long} not null,
    constraint person_status_pk primary key (area, person_id, from_day),
    constraint person_status_person foreign key (area, person_id) references person (area, person_id),
    constraint person_status_unit foreign key (area, unit) references unit (area, code),
    constraint person_status_school foreign key (area, school_unit) references unit (area, code),
    constraint person_status_household foreign key (area, household_id) references household (area, household_id),
    constraint person_status_span check (until_day >= from_day),
    constraint person_status_codes check (relation between 0 and 11 and residence between 0 and 3 and employment between 0 and 2
        and student between 0 and 4 and scope_status between 0 and 6 and other_cover between 0 and 2)
) {strict};

create unique index person_status_open on person_status (area, person_id) where until_day is null;
create index person_status_unit on person_status (area, unit) where until_day is null;
create index person_status_household on person_status (area, household_id) where until_day is null and household_id is not null;
create index person_status_phone on person_status (area, phone_hash) where phone_hash is not null;

-- Other papers, and numbers that a person had before.
create table person_paper (
    area integer not null,
    person_id {long} not null,
    paper_id {long} not null,
    kind {text} not null,
    number_hash {bytes},
    number_sealed {bytes},
    number_mask {text} not null,
    from_day {date} not null,
    until_day {date},
    act_id {long} not null,
    constraint person_paper_pk primary key (area, person_id, paper_id),
    constraint person_paper_person foreign key (area, person_id) references person (area, person_id),
    constraint person_paper_span check (until_day >= from_day)
) {strict};

create index person_paper_number on person_paper (area, number_hash) where number_hash is not null;

-- Scans and photos, sealed under the person's key.
create table person_file (
    area integer not null,
    person_id {long} not null,
    file_id {long} not null,
    kind {text} not null,
    name {text} not null,
    media_type {text} not null,
    bytes integer not null,
    content {bytes} not null,
    act_id {long} not null,
    constraint person_file_pk primary key (area, person_id, file_id),
    constraint person_file_person foreign key (area, person_id) references person (area, person_id),
    constraint person_file_size check (bytes between 1 and 5242880)
) {strict};
