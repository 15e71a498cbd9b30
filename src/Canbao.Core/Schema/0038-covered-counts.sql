-- Whom cover stands for is counted too: everybody is counted anew at the next count, and the difference counts as of that day. Figures of
-- the days before stay.
delete from tally_year;
