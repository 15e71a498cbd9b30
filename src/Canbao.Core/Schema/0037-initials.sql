-- The letters by which a name is searched (wxm for 王小明). The program works them out: rows of before get theirs behind the upgrade, and
-- are empty until then.
alter table person add column initials {text} not null default '';
create index person_initials on person (area, initials, name);
