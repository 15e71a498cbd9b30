-- The dues of a unit by answer, counted from the index alone.
create index due_of_unit on due (area, insurance_year, unit, verdict_id);

-- Who has a name, and who has it with a day of birth: a second record of somebody is found without reading all of the name.
drop index person_name;
create index person_name on person (area, name, born_on);

-- The households of a unit that go on, counted from the index alone.
drop index household_of_unit;
create index household_of_unit on household (area, unit) where ended_on is null;

-- How a unit's records were when all of an area was counted last; counting everybody takes longer than a page may.
create table quality_year (
    area integer not null,
    insurance_year integer not null,
    seal_no {long} not null,
    begun_at {instant} not null,
    counted_at {instant},
    constraint quality_year_pk primary key (area, insurance_year)
) {strict};

create table quality_count (
    area integer not null,
    insurance_year integer not null,
    unit {text} not null,
    people {long} not null,
    enrolled {long} not null,
    payable {long} not null,
    paid {long} not null,
    flawed {long} not null,
    no_number {long} not null,
    no_phone {long} not null,
    no_head {long} not null,
    contradictory {long} not null,
    unassessed {long} not null,
    double_record {long} not null,
    paid_not_enrolled {long} not null,
    other_unit {long} not null,
    constraint quality_count_pk primary key (area, insurance_year, unit),
    constraint quality_count_unit foreign key (area, unit) references unit (area, code)
) {strict};
