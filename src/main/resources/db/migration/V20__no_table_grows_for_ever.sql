-- What was anonymised is removed some day, so that no table grows for ever; only what became of how many stays, in the tally.
CREATE INDEX request_to_remove ON smart_account (anonymised_at, request_number) WHERE anonymised_at IS NOT NULL;
CREATE INDEX support_case_to_remove ON support_case (closed_at, case_number) WHERE closed_at IS NOT NULL AND reporter_email = '';
CREATE INDEX page_vote_by_age ON page_vote (given_at);
-- Whoever removes a request looks for all that refer to it.
CREATE INDEX finding_of_request ON security_finding (request_number);

-- Nobody looks through a million tasks, and counting them takes seconds: the two lists that had them all make room for those that the start writes.
DELETE FROM act_ru_authorization WHERE resource_type_ = 5 AND resource_id_ IN (
    SELECT id_ FROM act_ru_filter WHERE name_ IN ('Waiting for customers', 'All tasks') AND owner_ IS NULL);
DELETE FROM act_ru_filter WHERE name_ IN ('Waiting for customers', 'All tasks') AND owner_ IS NULL;
-- What customers have to decide soon.
CREATE INDEX task_by_date ON act_ru_task (due_date_) WHERE due_date_ IS NOT NULL;

-- When many jobs are due at once, their acquisition looks up all that are locked, which are few among the timers that wait.
CREATE INDEX job_locked ON act_ru_job (lock_exp_time_) WHERE lock_owner_ IS NOT NULL;
-- Each task that is completed asks for tasks under it; there are none, and finding that out took reading all that wait.
CREATE INDEX task_by_parent ON act_ru_task (parent_task_id_) WHERE parent_task_id_ IS NOT NULL;
