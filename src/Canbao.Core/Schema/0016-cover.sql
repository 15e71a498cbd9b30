-- A span that was cut short: how far it was meant to go, and why it does not.
alter table cover_span add column planned_until {date};
alter table cover_span add column end_reason {text};
