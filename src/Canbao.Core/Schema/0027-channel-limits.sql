-- Which kinds of students may not pay through a channel; null for no limit.
alter table channel add column refuses {text};
