alter table collection_batch drop constraint collection_batch_kind;
alter table collection_batch add constraint collection_batch_kind check (kind in ('village', 'school', 'notice', 'group'));
alter table collection_batch add constraint collection_batch_payer check ((kind = 'group') = (payer is not null and payer_kind is not null));
