-- Work that takes longer than somebody waits for a page: asked for once, done by whichever server has it, looked at by its asker.
-- server has it while beat_at is fresh; done and total say how far it is.
create table job (
    area integer not null,
    job_id {long} not null,
    kind {text} not null,
    ordered {text} not null,
    fingerprint {text} not null,
    account {text} not null,
    reason {text} not null,
    asked_at {instant} not null,
    server {text} not null,
    tries integer not null,
    begun_at {instant} not null,
    beat_at {instant} not null,
    done {long} not null,
    total {long} not null,
    stop_asked {bool} not null,
    constraint job_pk primary key (area, job_id),
    constraint job_account foreign key (area, account) references account (area, login)
) {strict};

create index job_asked on job (area, kind, fingerprint);

-- What came of it, inserted by the transaction that does it: a job that two servers have is stored once. A row of its own, since the job's
-- is written while that transaction runs.
create table job_end (
    area integer not null,
    job_id {long} not null,
    ended_at {instant} not null,
    state {text} not null,
    code {text} not null,
    told {text} not null,
    page {text} not null,
    file_name {text} not null,
    file {bytes} not null,
    constraint job_end_pk primary key (area, job_id),
    constraint job_end_job foreign key (area, job_id) references job (area, job_id),
    constraint job_end_state check (state in ('done', 'refused', 'stopped', 'failed'))
) {strict};
