-- Who may sign in. A login is unique in the whole installation: whoever signs in names no area.
create table login (
    login {text} not null,
    area integer not null,
    constraint login_pk primary key (login),
    constraint login_area_key unique (login, area),
    constraint login_area foreign key (area) references area (code)
) {strict};

-- password is an Argon2id hash with its parameters. stamp ends sessions: a cookie holds it, and a new one makes the cookie void.
create table account (
    area integer not null,
    login {text} not null,
    name {text} not null,
    role {text} not null,
    unit {text} not null,
    department {text},
    password {text} not null,
    must_change {bool} not null,
    stamp {long} not null,
    disabled {bool} not null,
    failures integer not null,
    locked_until {instant},
    signed_in_at {instant},
    constraint account_pk primary key (area, login),
    constraint account_login foreign key (login, area) references login (login, area),
    constraint account_unit foreign key (area, unit) references unit (area, code),
    constraint account_department check ((role = 'list_department') = (department is not null)),
    constraint account_failures check (failures >= 0)
) {strict};

-- The keys that protect cookies and forms, sealed, so that every web server can answer. Never updated, never deleted.
create table protection_key (
    name {text} not null,
    made_at {instant} not null,
    salt {bytes} not null,
    sealed {bytes} not null,
    constraint protection_key_pk primary key (name)
) {strict};
