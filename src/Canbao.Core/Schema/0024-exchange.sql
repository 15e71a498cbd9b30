-- Other offices, with the key by which their messages are known to be theirs, sealed.
create table exchange_partner (
    area integer not null,
    partner {text} not null,
    name {text} not null,
    office {text} not null,
    unit {text} not null,
    way {text} not null,
    address {text} not null,
    format {text} not null,
    channel {text} not null,
    salt {bytes} not null,
    secret {bytes} not null,
    closed_by {long},
    act_id {long} not null,
    constraint exchange_partner_pk primary key (area, partner),
    constraint exchange_partner_unit foreign key (area, unit) references unit (area, code),
    constraint exchange_partner_way check (way in ('folder', 'http')),
    constraint exchange_partner_format check (format in ('csv', 'xlsx'))
) {strict};

-- A message, or what was refused at the door: that has no number of its own and no subject.
create table exchange_message (
    area integer not null,
    message_id {long} not null,
    partner {text} not null,
    direction {text} not null,
    number {long},
    told_number {long} not null,
    kind {text} not null,
    subject {text},
    day {date} not null,
    insurance_year integer not null,
    rows_told {long} not null,
    amount {long},
    category {text} not null,
    sha256 {bytes} not null,
    file_name {text} not null,
    upload_id {long},
    state {text} not null,
    tries integer not null,
    next_try {instant},
    fault {text} not null,
    made_at {instant} not null,
    sent_at {instant},
    act_id {long} not null,
    constraint exchange_message_pk primary key (area, message_id),
    constraint exchange_message_number unique (area, partner, direction, number),
    constraint exchange_message_subject unique (area, partner, direction, subject),
    constraint exchange_message_partner foreign key (area, partner) references exchange_partner (area, partner),
    constraint exchange_message_upload foreign key (area, upload_id) references upload (area, upload_id),
    constraint exchange_message_direction check (direction in ('in', 'out')),
    constraint exchange_message_state check (
        state in ('queued', 'sent', 'answered', 'stuck', 'waiting', 'received', 'done', 'turned_away'))
) {strict};

create index exchange_message_open on exchange_message (area, partner, number)
    where state in ('queued', 'sent', 'stuck', 'waiting', 'received');

-- What came of a message: ours of theirs, or theirs of ours. A message that is run again gets another run.
create table exchange_receipt (
    area integer not null,
    message_id {long} not null,
    run integer not null,
    state {text} not null,
    accepted {long} not null,
    refused {long} not null,
    code {text} not null,
    says {text} not null,
    digest {bytes} not null,
    sent_at {instant},
    act_id {long} not null,
    constraint exchange_receipt_pk primary key (area, message_id, run),
    constraint exchange_receipt_message foreign key (area, message_id) references exchange_message (area, message_id),
    constraint exchange_receipt_state check (state in ('accepted', 'partly', 'refused'))
) {strict};

create table exchange_receipt_row (
    area integer not null,
    message_id {long} not null,
    run integer not null,
    place integer not null,
    line {long} not null,
    field {text} not null,
    code {text} not null,
    says {text} not null,
    constraint exchange_receipt_row_pk primary key (area, message_id, run, place),
    constraint exchange_receipt_row_receipt foreign key (area, message_id, run) references exchange_receipt (area, message_id, run)
) {strict};

create table exchange_code (
    area integer not null,
    code_set {text} not null,
    outside {text} not null,
    ours {text} not null,
    act_id {long} not null,
    constraint exchange_code_pk primary key (area, code_set, outside)
) {strict};

-- Words that nobody has translated: each once, with where it came first and in how many rows it stood.
create table exchange_unmapped (
    area integer not null,
    code_set {text} not null,
    outside {text} not null,
    message_id {long} not null,
    line {long} not null,
    times {long} not null,
    mapped_by {long},
    act_id {long} not null,
    constraint exchange_unmapped_pk primary key (area, code_set, outside),
    constraint exchange_unmapped_message foreign key (area, message_id) references exchange_message (area, message_id)
) {strict};

-- Up to which seal of the audit chain a partner knows what changed.
create table exchange_cursor (
    area integer not null,
    partner {text} not null,
    kind {text} not null,
    insurance_year integer not null,
    seal_no {long} not null,
    act_id {long} not null,
    constraint exchange_cursor_pk primary key (area, partner, kind, insurance_year),
    constraint exchange_cursor_partner foreign key (area, partner) references exchange_partner (area, partner)
) {strict};
