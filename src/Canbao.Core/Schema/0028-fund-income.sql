-- Money that came into a payer's fund, entered by finance; taken back, never changed.
create table fund_income (
    area integer not null,
    income_id {long} not null,
    insurance_year integer not null,
    payer {text} not null,
    kind {text} not null,
    source {text} not null,
    day {date} not null,
    amount {long} not null,
    transfer_id {long} not null,
    reversal_id {long},
    reason {text} not null,
    act_id {long} not null,
    constraint fund_income_pk primary key (area, income_id),
    constraint fund_income_transfer foreign key (area, transfer_id) references transfer (area, transfer_id),
    constraint fund_income_reversal foreign key (area, reversal_id) references transfer (area, transfer_id),
    constraint fund_income_positive check (amount > 0),
    constraint fund_income_kind check (kind in ('poverty_relief', 'budget', 'other')),
    constraint fund_income_reason check ((reversal_id is null) = (reason = ''))
) {strict};
