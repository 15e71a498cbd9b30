-- What an authenticator program shares with an account: its secret, sealed. last_step is the step of the newest code that was taken, so
-- that none is taken twice. Without confirmed_at nobody has shown yet that the program has the secret, or it was taken back.
create table second_factor (
    area integer not null,
    login {text} not null,
    salt {bytes} not null,
    sealed {bytes} not null,
    last_step {long} not null,
    confirmed_at {instant},
    act_id {long} not null,
    constraint second_factor_pk primary key (area, login),
    constraint second_factor_account foreign key (area, login) references account (area, login)
) {strict};

-- Codes on paper for whoever has lost the program; each is good once. hash is keyed.
create table recovery_code (
    area integer not null,
    login {text} not null,
    number integer not null,
    hash {bytes} not null,
    used_at {instant},
    constraint recovery_code_pk primary key (area, login, number),
    constraint recovery_code_factor foreign key (area, login) references second_factor (area, login),
    constraint recovery_code_number check (number between 1 and 10)
) {strict};

-- What an area asks of its accounts.
create table access_rule (
    area integer not null,
    name {text} not null,
    asked {bool} not null,
    act_id {long} not null,
    constraint access_rule_pk primary key (area, name),
    constraint access_rule_area foreign key (area) references area (code)
) {strict};
