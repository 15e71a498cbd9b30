-- What other offices know of people, compared with the register: each file, and what it found. state of a finding: 0 open, 1 accepted,
-- 2 rejected, 3 postponed, 4 settled by itself.
create table comparison (
    area integer not null,
    comparison_id {long} not null,
    source {text} not null,
    insurance_year integer not null,
    file_name {text} not null,
    rows_read {long} not null,
    rows_refused {long} not null,
    found {long} not null,
    act_id {long} not null,
    constraint comparison_pk primary key (area, comparison_id)
) {strict};

create table finding (
    area integer not null,
    finding_id {long} not null,
    comparison_id {long} not null,
    source {text} not null,
    kind {text} not null,
    insurance_year integer not null,
    same_hash {bytes} not null,
    person_id {long},
    unit {text},
    number_mask {text} not null,
    salt {bytes} not null,
    detail_sealed {bytes} not null,
    state integer not null,
    reason {text} not null,
    act_id {long} not null,
    constraint finding_pk primary key (area, finding_id),
    constraint finding_comparison foreign key (area, comparison_id) references comparison (area, comparison_id),
    constraint finding_person foreign key (area, person_id) references person (area, person_id),
    constraint finding_unit foreign key (area, unit) references unit (area, code),
    constraint finding_state_known check (state between 0 and 4),
    constraint finding_decision_has_reason check (state = 0 or reason <> '')
) {strict};

create unique index finding_same on finding (area, same_hash);
create index finding_of_person on finding (area, person_id) where person_id is not null;
create index finding_open on finding (area, source, finding_id) where state in (0, 3);
