-- Figures that come from outside the register: populations, permits, employees insured, activated credentials. One for each day; for
-- figures of a year its last day.
create table figure (
    area integer not null,
    measure {text} not null,
    unit {text} not null,
    day {date} not null,
    people {long} not null,
    source {text} not null,
    act_id {long} not null,
    constraint figure_pk primary key (area, measure, unit, day),
    constraint figure_unit foreign key (area, unit) references unit (area, code),
    constraint figure_not_negative check (people >= 0)
) {strict};

-- What a unit has to reach in a year. holder is the login of whoever answers for a part of it, or empty for the whole unit.
create table target (
    area integer not null,
    insurance_year integer not null,
    measure {text} not null,
    unit {text} not null,
    holder {text} not null,
    people {long} not null,
    base_year integer,
    basis {text} not null,
    source {text} not null,
    signed_by {text} not null,
    signed_on {date},
    act_id {long} not null,
    constraint target_pk primary key (area, insurance_year, measure, unit, holder),
    constraint target_unit foreign key (area, unit) references unit (area, code),
    constraint target_not_negative check (people >= 0),
    constraint target_signed check ((signed_on is null) = (signed_by = ''))
) {strict};
