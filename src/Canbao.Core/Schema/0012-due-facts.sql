-- The sealed facts tell by themselves whether they changed, and no hash of them outlives the person's salt (ADR 8).
alter table due drop column facts_hash;
