-- A request waits for months with a timer of its own. Without this index the job executor reads through all of them each time it
-- looks for work.
CREATE INDEX job_by_due_date ON act_ru_job (duedate_);
