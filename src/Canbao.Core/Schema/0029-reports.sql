-- What an area sets for reports and postings; the latest counts.
create table report_setting (
    area integer not null,
    act_id {long} not null,
    moves_days_off {bool} not null,
    objection_days integer not null,
    constraint report_setting_pk primary key (area, act_id),
    constraint report_setting_days check (objection_days between 1 and 60)
) {strict};

-- What a unit handed in for a planned day. path is where the unit stood when it first did.
create table report (
    area integer not null,
    report_id {long} not null,
    insurance_year integer not null,
    form {text} not null,
    due_on {date} not null,
    unit {text} not null,
    unit_name {text} not null,
    path {text} not null,
    act_id {long} not null,
    constraint report_pk primary key (area, report_id),
    constraint report_once unique (area, insurance_year, form, due_on, unit),
    constraint report_unit foreign key (area, unit) references unit (area, code)
) {strict};

-- grid is the filled form as JSON, digest its SHA-256: numbers of units, no people.
create table report_version (
    area integer not null,
    report_id {long} not null,
    version integer not null,
    handed_in_at {instant} not null,
    handed_in_by {text} not null,
    is_late {bool} not null,
    as_of {date} not null,
    explanation {text} not null,
    grid {text} not null,
    digest {bytes} not null,
    act_id {long} not null,
    constraint report_version_pk primary key (area, report_id, version),
    constraint report_version_report foreign key (area, report_id) references report (area, report_id)
) {strict};

-- A closed report that the bureau opened once more, until the unit hands in.
create table report_reopening (
    area integer not null,
    insurance_year integer not null,
    form {text} not null,
    due_on {date} not null,
    unit {text} not null,
    act_id {long} not null,
    reason {text} not null,
    constraint report_reopening_pk primary key (area, insurance_year, form, due_on, unit, act_id),
    constraint report_reopening_unit foreign key (area, unit) references unit (area, code)
) {strict};

create table bulletin (
    area integer not null,
    bulletin_id {long} not null,
    insurance_year integer not null,
    unit {text} not null,
    due_on {date} not null,
    title {text} not null,
    state {text} not null,
    figures {text} not null,
    digest {bytes} not null,
    words {text} not null,
    drafted_by {text} not null,
    reviewed_by {text} not null,
    remark {text} not null,
    published_on {date},
    act_id {long} not null,
    constraint bulletin_pk primary key (area, bulletin_id),
    constraint bulletin_once unique (area, insurance_year, unit, due_on, title),
    constraint bulletin_unit foreign key (area, unit) references unit (area, code),
    constraint bulletin_state check (state in ('draft', 'waiting', 'approved', 'published'))
) {strict};

-- lines are masked names with how far each is, as JSON: no reference to any person.
create table posting (
    area integer not null,
    posting_id {long} not null,
    insurance_year integer not null,
    unit {text} not null,
    unit_name {text} not null,
    path {text} not null,
    from_day {date} not null,
    objection_days integer not null,
    expected {long} not null,
    settled {long} not null,
    lines {text} not null,
    digest {bytes} not null,
    posted_by {text} not null,
    act_id {long} not null,
    constraint posting_pk primary key (area, posting_id),
    constraint posting_unit foreign key (area, unit) references unit (area, code)
) {strict};

create table posting_objection (
    area integer not null,
    posting_id {long} not null,
    place integer not null,
    raised_on {date} not null,
    raised_by {text} not null,
    says {text} not null,
    answered_on {date},
    answered_by {text} not null,
    answer {text} not null,
    act_id {long} not null,
    constraint posting_objection_pk primary key (area, posting_id, place),
    constraint posting_objection_posting foreign key (area, posting_id) references posting (area, posting_id)
) {strict};
