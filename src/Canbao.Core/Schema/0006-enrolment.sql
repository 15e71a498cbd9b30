-- One row for each person and insurance year; ended_on tells that it was cancelled.
create table enrolment (
    area integer not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    kind {text} not null,
    registered_on {date} not null,
    tier integer not null,
    ended_on {date},
    end_reason {text} not null,
    act_id {long} not null,
    constraint enrolment_pk primary key (area, insurance_year, person_id),
    constraint enrolment_person foreign key (area, person_id) references person (area, person_id),
    constraint enrolment_unit foreign key (area, unit) references unit (area, code),
    constraint enrolment_kind_known check (kind in ('new', 'renewed', 'moved_in', 'newborn', 'history')),
    constraint enrolment_tier_known check (tier between 0 and 2),
    constraint enrolment_end_has_reason check ((ended_on is null) = (end_reason = ''))
) {strict};

create index enrolment_of_unit on enrolment (area, insurance_year, unit);
create index enrolment_of_person on enrolment (area, person_id, insurance_year);

-- One active enrolment for each person and year in the whole installation; taken before the enrolment is written. The key is the
-- keyed hash of the person's number, or of area and person for whoever has none.
create table enrolment_claim (
    insurance_year integer not null,
    person_hash {bytes} not null,
    area integer not null,
    person_id {long} not null,
    constraint enrolment_claim_pk primary key (insurance_year, person_hash)
) {strict};
