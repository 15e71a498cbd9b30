-- Renewal asks for each person whether the claim is ours; without it that is a walk through all claims of the year.
create index enrolment_claim_person on enrolment_claim (area, person_id, insurance_year);
