-- Work funds as they were decided: snapshots, never changed. A correction is a further version with its reason.
create table work_fund (
    area integer not null,
    insurance_year integer not null,
    unit {text} not null,
    version integer not null,
    on_day {date} not null,
    clause {text} not null,
    people {long} not null,
    amount {long} not null,
    digest {text} not null,
    reason {text} not null,
    decided_on {date} not null,
    act_id {long} not null,
    constraint work_fund_pk primary key (area, insurance_year, unit, version),
    constraint work_fund_unit foreign key (area, unit) references unit (area, code),
    constraint work_fund_not_negative check (people >= 0 and amount >= 0)
) {strict};

create table work_fund_line (
    area integer not null,
    insurance_year integer not null,
    unit {text} not null,
    version integer not null,
    community {text} not null,
    place integer not null,
    name {text} not null,
    settled {long} not null,
    base {long} not null,
    has_target {bool} not null,
    active {long},
    active_base {long},
    per_person {long} not null,
    amount {long} not null,
    working {text} not null,
    constraint work_fund_line_pk primary key (area, insurance_year, unit, version, community),
    constraint work_fund_line_fund foreign key (area, insurance_year, unit, version)
        references work_fund (area, insurance_year, unit, version),
    constraint work_fund_line_community foreign key (area, community) references unit (area, code),
    constraint work_fund_line_not_negative check (settled >= 0 and base >= 0 and amount >= 0)
) {strict};
