-- Areas: the county-level tenants of this installation.
create table area (
    code integer not null,
    name {text} not null,
    constraint area_pk primary key (code),
    constraint area_code_six_digits check (code between 100000 and 999999)
) {strict};

-- The collection tree. path is '/top/.../code/', so that a unit and all below it are one range of paths.
create table unit (
    area integer not null,
    code {text} not null,
    parent {text},
    kind {text} not null,
    name {text} not null,
    path {text} not null,
    place integer not null,
    leader {text} not null,
    contact_salt {bytes},
    contact_sealed {bytes},
    constraint unit_pk primary key (area, code),
    constraint unit_path_key unique (area, path),
    constraint unit_area foreign key (area) references area (code),
    constraint unit_parent foreign key (area, parent) references unit (area, code)
) {strict};

create table unit_alias (
    area integer not null,
    unit {text} not null,
    alias {text} not null,
    constraint unit_alias_pk primary key (area, unit, alias),
    constraint unit_alias_unit foreign key (area, unit) references unit (area, code)
) {strict};
