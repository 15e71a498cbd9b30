alter table holder add constraint holder_key_short check (length(key) <= 40);
