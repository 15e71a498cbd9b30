-- What a proof of a pack found, by the pack's digest: another edition needs another proof.
create table policy_proof (
    area integer not null,
    pack {text} not null,
    hash {text} not null,
    proved_on {date} not null,
    proved_by {text} not null,
    is_proved {bool} not null,
    situations {long} not null,
    rules integer not null,
    failures {text} not null,
    act_id {long} not null,
    constraint policy_proof_pk primary key (area, pack, hash)
) {strict};

-- A pack that somebody wants in force for a unit and all below it, until a second person has decided.
create table policy_proposal (
    area integer not null,
    proposal_id {long} not null,
    insurance_year integer not null,
    unit {text} not null,
    from_day {date} not null,
    pack {text} not null,
    hash {text} not null,
    reason {text} not null,
    state {text} not null,
    proposed_by {text} not null,
    proposed_on {date} not null,
    decided_by {text} not null,
    decided_on {date},
    decision {text} not null,
    act_id {long} not null,
    constraint policy_proposal_pk primary key (area, proposal_id),
    constraint policy_proposal_unit foreign key (area, unit) references unit (area, code),
    constraint policy_proposal_state check (state in ('waiting', 'in_force', 'refused', 'withdrawn'))
) {strict};
