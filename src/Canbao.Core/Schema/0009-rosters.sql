-- Versions of departments' lists: each upload that changed something. handed_in_on is the business day on which the department gave the
-- file, first_day and effective_on are the earliest and latest days from which its changes are so.
create table roster_version (
    area integer not null,
    version_id {long} not null,
    department {text} not null,
    kind {text} not null,
    handed_in_on {date} not null,
    first_day {date} not null,
    effective_on {date} not null,
    upload_id {long},
    added integer not null,
    removed integer not null,
    changed integer not null,
    unchanged integer not null,
    rejected integer not null,
    held_back integer not null,
    undone_by {long},
    act_id {long} not null,
    constraint roster_version_pk primary key (area, version_id),
    constraint roster_version_upload foreign key (area, upload_id) references upload (area, upload_id),
    constraint roster_version_kind_known check (kind in ('full', 'adjustment')),
    constraint roster_version_days check (effective_on >= first_day)
) {strict};

create index roster_version_of_department on roster_version (area, department, version_id);

-- What a version changed, kept for ever. line is the file's; null where somebody was left out of a full list.
create table roster_entry (
    area integer not null,
    version_id {long} not null,
    entry_no integer not null,
    person_id {long} not null,
    category {text} not null,
    action {text} not null,
    day {date} not null,
    line {long},
    constraint roster_entry_pk primary key (area, version_id, entry_no),
    constraint roster_entry_version foreign key (area, version_id) references roster_version (area, version_id),
    constraint roster_entry_person foreign key (area, person_id) references person (area, person_id),
    constraint roster_entry_action_known check (action in ('added', 'removed'))
) {strict};

create index roster_entry_of_person on roster_entry (area, person_id);

-- The category that a person holds from one day to another (inclusive), by the list of one department. Marks that give no assistance
-- stand here too. A row with voided_by does not count: its version was undone, or it was ended on the day on which it began.
create table category_span (
    area integer not null,
    person_id {long} not null,
    category {text} not null,
    department {text} not null,
    from_day {date} not null,
    opened_by {long} not null,
    until_day {date},
    closed_by {long},
    voided_by {long},
    constraint category_span_pk primary key (area, person_id, category, department, from_day, opened_by),
    constraint category_span_person foreign key (area, person_id) references person (area, person_id),
    constraint category_span_opened foreign key (area, opened_by) references roster_version (area, version_id),
    constraint category_span_closed foreign key (area, closed_by) references roster_version (area, version_id),
    constraint category_span_voided foreign key (area, voided_by) references roster_version (area, version_id),
    constraint category_span_days check (until_day >= from_day)
) {strict};

create unique index category_span_open on category_span (area, person_id, category, department)
    where until_day is null and voided_by is null;
create index category_span_of_department on category_span (area, department, category) where voided_by is null;

-- What a department calls columns and categories.
create table roster_word (
    area integer not null,
    department {text} not null,
    kind {text} not null,
    word {text} not null,
    means {text} not null,
    act_id {long} not null,
    constraint roster_word_pk primary key (area, department, kind, word),
    constraint roster_word_kind_known check (kind in ('column', 'category'))
) {strict};

-- That somebody looked at what an upload would do, told by its digest, and agreed.
create table roster_confirmation (
    area integer not null,
    upload_id {long} not null,
    digest {text} not null,
    account {text} not null,
    act_id {long} not null,
    constraint roster_confirmation_pk primary key (area, upload_id, digest, account),
    constraint roster_confirmation_upload foreign key (area, upload_id) references upload (area, upload_id)
) {strict};

-- Which lists need a second person: more than percent of the people held, and at least so many. The newest row counts.
create table roster_limit (
    area integer not null,
    act_id {long} not null,
    percent integer not null,
    people integer not null,
    constraint roster_limit_pk primary key (area, act_id),
    constraint roster_limit_range check (percent between 0 and 100 and people >= 1)
) {strict};
