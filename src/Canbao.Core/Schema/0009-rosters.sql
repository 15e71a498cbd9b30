-- Versions of departments' lists: each upload that was applied, whole or undone.
create table roster_version (
    area integer not null,
    version_id {long} not null,
    department {text} not null,
    kind {text} not null,
    effective_on {date} not null,
    upload_id {long},
    undone_by {long},
    act_id {long} not null,
    constraint roster_version_pk primary key (area, version_id),
    constraint roster_version_kind_known check (kind in ('full', 'adjustment'))
) {strict};

-- The category that a person holds from one day to another (inclusive), by the list of one department. Marks that give no assistance
-- stand here too.
create table category_span (
    area integer not null,
    person_id {long} not null,
    category {text} not null,
    department {text} not null,
    from_day {date} not null,
    until_day {date},
    opened_by {long} not null,
    closed_by {long},
    constraint category_span_pk primary key (area, person_id, category, department, from_day),
    constraint category_span_person foreign key (area, person_id) references person (area, person_id),
    constraint category_span_opened foreign key (area, opened_by) references roster_version (area, version_id),
    constraint category_span_closed foreign key (area, closed_by) references roster_version (area, version_id),
    constraint category_span_days check (until_day >= from_day)
) {strict};

create index category_span_of_department on category_span (area, department, category) where until_day is null;
