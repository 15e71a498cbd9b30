-- What is counted of each insurance year. All of it can be counted anew from the register, so nothing refers to it.

-- How far the counting has come with an area's acts: the last seal that it has followed.
create table tally_year (
    area integer not null,
    insurance_year integer not null,
    seal_no {long} not null,
    counted_at {instant} not null,
    constraint tally_year_pk primary key (area, insurance_year)
) {strict};

-- As what each person is counted now. profile holds the person's kind, see TallyProfile.
create table tally_person (
    area integer not null,
    insurance_year integer not null,
    person_id {long} not null,
    unit {text} not null,
    category {text} not null,
    profile integer not null,
    fen {long} not null,
    constraint tally_person_pk primary key (area, insurance_year, person_id)
) {strict};

create table tally (
    area integer not null,
    insurance_year integer not null,
    unit {text} not null,
    category {text} not null,
    profile integer not null,
    people {long} not null,
    fen {long} not null,
    constraint tally_pk primary key (area, insurance_year, unit, category, profile)
) {strict};

-- By how much each day changed that; a day of the past is never changed.
create table tally_day (
    area integer not null,
    insurance_year integer not null,
    day {date} not null,
    unit {text} not null,
    category {text} not null,
    profile integer not null,
    people {long} not null,
    fen {long} not null,
    constraint tally_day_pk primary key (area, insurance_year, day, unit, category, profile)
) {strict};
