create index transfer_debit on transfer (area, debit, day);
create index transfer_credit on transfer (area, credit, day);

-- The transfer whose money goes back, whole or in part; null for money on its way.
alter table transfer add column reverses {long};

-- The transfer that gave the money back.
alter table payment add column reversal_id {long};

-- What a channel told: once for each of its own numbers. Whom it named is sealed under the notice's own salt.
create table channel_notice (
    area integer not null,
    channel {text} not null,
    reference {text} not null,
    insurance_year integer not null,
    amount {long} not null,
    paid_at {instant} not null,
    paid_on {date} not null,
    salt {bytes} not null,
    told {bytes} not null,
    told_hash {bytes} not null,
    person_id {long},
    state {text} not null,
    code {text} not null,
    payment_id {long},
    transfer_id {long},
    act_id {long} not null,
    constraint channel_notice_pk primary key (area, channel, reference),
    constraint channel_notice_payment foreign key (area, payment_id) references payment (area, payment_id),
    constraint channel_notice_amount_positive check (amount > 0),
    constraint channel_notice_state check (state in ('posted', 'suspense', 'settled', 'cancelled'))
) {strict};

create index channel_notice_waiting on channel_notice (area, paid_on) where state = 'suspense';
create index channel_notice_day on channel_notice (area, channel, paid_on);

-- Spans get a key of their own: one that was taken back stays, and another may begin on the same day.
alter table cover_span rename to cover_span_before;

create table cover_span_of_payment (
    area integer not null,
    span_id {long} not null,
    insurance_year integer not null,
    person_id {long} not null,
    from_day {date} not null,
    until_day {date} not null,
    ground {text} not null,
    payment_id {long},
    voided_by {long},
    act_id {long} not null,
    constraint cover_span_key primary key (area, span_id),
    constraint cover_span_of_person foreign key (area, person_id) references person (area, person_id),
    constraint cover_span_paid foreign key (area, payment_id) references payment (area, payment_id),
    constraint cover_span_in_order check (until_day >= from_day)
) {strict};

insert into cover_span_of_payment (area, span_id, insurance_year, person_id, from_day, until_day, ground, payment_id, voided_by, act_id)
select s.area, row_number() over (order by s.area, s.insurance_year, s.person_id, s.from_day), s.insurance_year, s.person_id, s.from_day,
    s.until_day, s.ground, p.payment_id, null, s.act_id
from cover_span_before s left join payment p on p.area = s.area and p.insurance_year = s.insurance_year and p.person_id = s.person_id
    and p.reversed_by is null;

drop table cover_span_before;
alter table cover_span_of_payment rename to cover_span;
create unique index cover_span_standing on cover_span (area, insurance_year, person_id, from_day) where voided_by is null;
create index cover_span_payment on cover_span (area, payment_id);
