-- Which account a subject of the office's identity provider signs in to. subject_hash is the keyed hash of provider and subject, unique in
-- the whole installation as logins are: whoever signs in names no area. The subject, which may be a person's number, is not kept.
create table provider_tie (
    subject_hash {bytes} not null,
    area integer not null,
    login {text} not null,
    tied_at {instant} not null,
    act_id {long} not null,
    constraint provider_tie_pk primary key (subject_hash),
    constraint provider_tie_account_key unique (area, login),
    constraint provider_tie_account foreign key (area, login) references account (area, login)
) {strict};
