-- Which pack applies below a unit from a day on (decision 35).
create table pack_binding (
    area integer not null,
    unit {text} not null,
    insurance_year integer not null,
    from_day {date} not null,
    pack {text} not null,
    act_id {long} not null,
    constraint pack_binding_pk primary key (area, unit, insurance_year, from_day),
    constraint pack_binding_unit foreign key (area, unit) references unit (area, code)
) {strict};

-- What a pack's plan answers to one signature: few rows, shared by everyone whom they fit. Kept for ever, for replay.
create table due_verdict (
    area integer not null,
    verdict_id {long} not null,
    pack {text} not null,
    pack_hash {text} not null,
    outcome {text} not null,
    personal {long},
    standard {long},
    subsidy {long},
    funding {text} not null,
    clauses {text} not null,
    constraint due_verdict_pk primary key (area, verdict_id)
) {strict};

create table due (
    area integer not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    verdict_id {long} not null,
    as_of {date} not null,
    cover_from {date},
    cover_until {date},
    facts {bytes} not null,
    facts_hash {bytes} not null,
    act_id {long} not null,
    constraint due_pk primary key (area, insurance_year, person_id),
    constraint due_person foreign key (area, person_id) references person (area, person_id),
    constraint due_of_verdict foreign key (area, verdict_id) references due_verdict (area, verdict_id)
) {strict};
