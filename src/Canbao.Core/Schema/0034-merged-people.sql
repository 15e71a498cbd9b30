-- Whose records were merged into a person's, asked for by every page of a person.
create index person_merged on person (area, merged_into) where merged_into is not null;
