-- A rule of a table is changed by making the table anew.
create table collection_batch_with_payer (
    area integer not null,
    batch_id integer not null,
    kind text not null,
    unit text not null,
    insurance_year integer not null,
    number integer not null,
    agent text not null,
    holder text not null,
    state text not null,
    receipts integer not null,
    clock_id integer,
    opened_on text not null,
    act_id integer not null,
    payer text,
    payer_kind text,
    constraint collection_batch_pk primary key (area, batch_id),
    constraint collection_batch_number unique (area, insurance_year, number),
    constraint collection_batch_unit foreign key (area, unit) references unit (area, code),
    constraint collection_batch_clock foreign key (area, clock_id) references clock (area, clock_id),
    constraint collection_batch_kind check (kind in ('village', 'school', 'notice', 'group')),
    constraint collection_batch_payer check ((kind = 'group') = (payer is not null and payer_kind is not null))
) strict;

insert into collection_batch_with_payer (area, batch_id, kind, unit, insurance_year, number, agent, holder, state, receipts, clock_id,
    opened_on, act_id)
select area, batch_id, kind, unit, insurance_year, number, agent, holder, state, receipts, clock_id, opened_on, act_id
from collection_batch;

drop table collection_batch;
alter table collection_batch_with_payer rename to collection_batch;
create index collection_batch_of_agent on collection_batch (area, agent, state);
create index collection_batch_of_unit on collection_batch (area, unit, insurance_year);
