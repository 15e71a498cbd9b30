-- Money that goes back: a payment, or what waited in suspense. To whom is sealed under the refund's own salt.
create table refund (
    area integer not null,
    refund_id {long} not null,
    insurance_year integer not null,
    person_id {long},
    unit {text},
    payment_id {long},
    channel {text},
    reference {text},
    amount {long} not null,
    reason {text} not null,
    remark {text} not null,
    basis {text} not null,
    rule {text} not null,
    clause {text} not null,
    refundable_until {date},
    state {text} not null,
    salt {bytes} not null,
    payee_sealed {bytes},
    payee_mask {text} not null,
    payee_by {text} not null,
    requested_by {text} not null,
    requested_on {date} not null,
    checked_by {text} not null,
    decision {text} not null,
    answer {text} not null,
    act_id {long} not null,
    constraint refund_pk primary key (area, refund_id),
    constraint refund_payment foreign key (area, payment_id) references payment (area, payment_id),
    constraint refund_notice foreign key (area, channel, reference) references channel_notice (area, channel, reference),
    constraint refund_person foreign key (area, person_id) references person (area, person_id),
    constraint refund_unit foreign key (area, unit) references unit (area, code),
    constraint refund_amount_positive check (amount > 0),
    constraint refund_of_one check ((payment_id is null) <> (reference is null)),
    constraint refund_state check (state in ('requested', 'refused', 'approved', 'sent', 'failed', 'paid'))
) {strict};

create unique index refund_once on refund (area, payment_id) where state <> 'refused';
create unique index refund_notice_once on refund (area, channel, reference);
create index refund_by_state on refund (area, state, refund_id);
create index refund_of_person on refund (area, person_id);

-- A file for the bank, and what the bank answered to each of its lines.
create table payout (
    area integer not null,
    payout_id {long} not null,
    number integer not null,
    refunds integer not null,
    amount {long} not null,
    account {text} not null,
    day {date} not null,
    act_id {long} not null,
    constraint payout_pk primary key (area, payout_id),
    constraint payout_number unique (area, number)
) {strict};

create table payout_line (
    area integer not null,
    payout_id {long} not null,
    refund_id {long} not null,
    line integer not null,
    outcome {text} not null,
    answer {text} not null,
    transfer_id {long},
    act_id {long} not null,
    constraint payout_line_pk primary key (area, payout_id, refund_id),
    constraint payout_line_once unique (area, payout_id, line),
    constraint payout_line_payout foreign key (area, payout_id) references payout (area, payout_id),
    constraint payout_line_refund foreign key (area, refund_id) references refund (area, refund_id),
    constraint payout_line_transfer foreign key (area, transfer_id) references transfer (area, transfer_id),
    constraint payout_line_outcome check (outcome in ('', 'paid', 'failed'))
) {strict};
