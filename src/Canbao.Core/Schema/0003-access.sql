create table account (
    area integer not null,
    login {text} not null,
    constraint account_pk primary key (area, login)
) {strict};
