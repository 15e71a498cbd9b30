-- What a channel says that it took on a day. One stands for each day; those that it replaced stay.
create table statement (
    area integer not null,
    statement_id {long} not null,
    channel {text} not null,
    day {date} not null,
    insurance_year integer not null,
    file_name {text} not null,
    sha256 {bytes} not null,
    salt {bytes} not null,
    lines integer not null,
    amount {long} not null,
    upload_id {long} not null,
    account {text} not null,
    replaced_by {long},
    run_act {long} not null,
    act_id {long} not null,
    constraint statement_pk primary key (area, statement_id),
    constraint statement_upload foreign key (area, upload_id) references upload (area, upload_id)
) {strict};
create unique index statement_standing on statement (area, channel, day) where replaced_by is null;

-- Its lines. Name and number are sealed under the statement's salt, where it has them.
create table statement_line (
    area integer not null,
    statement_id {long} not null,
    reference {text} not null,
    occurrence integer not null,
    line_no {long} not null,
    role {text} not null,
    amount {long} not null,
    paid_at {instant} not null,
    told {bytes},
    constraint statement_line_pk primary key (area, statement_id, reference, occurrence),
    constraint statement_line_statement foreign key (area, statement_id) references statement (area, statement_id),
    constraint statement_line_role check (role in ('money', 'copy', 'odd', 'reversed')),
    constraint statement_line_amount check (amount > 0)
) {strict};

-- A line or notice that has no exact counterpart, and what became of it. Occurrence 0 is a notice without a line.
create table discrepancy (
    area integer not null,
    channel {text} not null,
    day {date} not null,
    reference {text} not null,
    occurrence integer not null,
    kind {text} not null,
    line_amount {long} not null,
    notice_amount {long} not null,
    notice_on {date},
    state {text} not null,
    decision {text} not null,
    code {text} not null,
    reason {text} not null,
    account {text} not null,
    seen_by {long} not null,
    act_id {long} not null,
    constraint discrepancy_pk primary key (area, channel, day, reference, occurrence),
    constraint discrepancy_kind check (kind in ('late', 'doubled', 'reversed', 'only_there', 'only_here', 'amount', 'odd_copy',
        'other_day', 'late_notice')),
    constraint discrepancy_state check (state in ('open', 'settled'))
) {strict};
create index discrepancy_open on discrepancy (area, channel, day) where state = 'open';

-- What reached the tax account, and from there the treasury.
create table deposit (
    area integer not null,
    deposit_id {long} not null,
    channel {text} not null,
    day {date} not null,
    amount {long} not null,
    slip {text} not null,
    transfer_id {long} not null,
    treasury_id {long} not null,
    account {text} not null,
    voided_by {long},
    act_id {long} not null,
    constraint deposit_pk primary key (area, deposit_id),
    constraint deposit_moved foreign key (area, transfer_id) references transfer (area, transfer_id),
    constraint deposit_received foreign key (area, treasury_id) references transfer (area, transfer_id),
    constraint deposit_amount_positive check (amount > 0)
) {strict};
create unique index deposit_slip on deposit (area, channel, slip) where voided_by is null;
create index deposit_day on deposit (area, channel, day);

-- A day of a channel that is closed, and who opened it again.
create table day_close (
    area integer not null,
    close_id {long} not null,
    channel {text} not null,
    day {date} not null,
    statement_id {long} not null,
    amount {long} not null,
    account {text} not null,
    reopened_by {long},
    act_id {long} not null,
    constraint day_close_pk primary key (area, close_id),
    constraint day_close_statement foreign key (area, statement_id) references statement (area, statement_id)
) {strict};
create unique index day_close_standing on day_close (area, channel, day) where reopened_by is null;
