create table entry (
    area integer not null,
    number {long} not null,
    holder {long} not null,
    amount {long} not null,
    constraint entry_pk primary key (area, number),
    constraint entry_holder foreign key (area, holder) references holder (area, id)
) {strict};

create unique index entry_holder_amount on entry (area, holder, amount);
