alter table entry set (fillfactor = 90);
