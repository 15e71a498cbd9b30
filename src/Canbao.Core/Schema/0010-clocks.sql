-- Hand-overs with a time of working days: what has to be handed on by whom, since when, by when, and when it was.
create table clock (
    area integer not null,
    clock_id {long} not null,
    kind {text} not null,
    office {text} not null,
    unit {text},
    subject {text} not null,
    opened_on {date} not null,
    due_on {date},
    done_on {date},
    opened_act {long} not null,
    done_act {long},
    constraint clock_pk primary key (area, clock_id),
    constraint clock_unit foreign key (area, unit) references unit (area, code),
    constraint clock_due_after_opening check (due_on > opened_on),
    constraint clock_done_after_opening check (done_on >= opened_on),
    constraint clock_done_by_an_act check ((done_on is null) = (done_act is null))
) {strict};

create unique index clock_same on clock (area, kind, office, subject, opened_on);
create index clock_running on clock (area, office) where done_on is null;
