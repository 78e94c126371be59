-- A live account's domain is here from the moment at which the account becomes live until it has ended. What the domain could be taken for is found
-- out at night: until then there are no marks, and whoever looks for what is to be done finds it without looking at all that is known.
ALTER TABLE domain_marks ALTER COLUMN marks DROP NOT NULL;
DROP INDEX domain_by_mark;
DELETE FROM domain_marks known USING smart_account account
    WHERE account.request_number = known.request_number AND account.status NOT IN ('PENDING', 'ACTIVE', 'SUSPENDED');
INSERT INTO domain_marks (request_number, account_domain, requested_at)
    SELECT request_number, account_domain, requested_at FROM smart_account WHERE status IN ('PENDING', 'ACTIVE', 'SUSPENDED')
    ON CONFLICT DO NOTHING;
CREATE INDEX domain_by_mark ON domain_marks USING gin (marks) WITH (fastupdate = off) WHERE marks IS NOT NULL;
CREATE INDEX domain_to_learn ON domain_marks (request_number) WHERE marks IS NULL;

CREATE FUNCTION keep_live_domain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status IN ('PENDING', 'ACTIVE', 'SUSPENDED') THEN
        INSERT INTO domain_marks (request_number, account_domain, requested_at)
        VALUES (NEW.request_number, NEW.account_domain, NEW.requested_at);
    ELSE
        DELETE FROM domain_marks WHERE request_number = NEW.request_number;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER new_account_is_live AFTER INSERT ON smart_account
    FOR EACH ROW WHEN (NEW.status IN ('PENDING', 'ACTIVE', 'SUSPENDED')) EXECUTE FUNCTION keep_live_domain();
CREATE TRIGGER account_is_live_or_not AFTER UPDATE ON smart_account
    FOR EACH ROW
    WHEN ((OLD.status IN ('PENDING', 'ACTIVE', 'SUSPENDED')) <> (NEW.status IN ('PENDING', 'ACTIVE', 'SUSPENDED')))
    EXECUTE FUNCTION keep_live_domain();

-- What ends within a week is a tenth of all that waits, too much for Tasklist to count; the requests page has it. The start writes a list of what ends within a day.
DELETE FROM act_ru_authorization WHERE resource_type_ = 5 AND resource_id_ IN (
    SELECT id_ FROM act_ru_filter WHERE name_ = 'Expiring within a week' AND owner_ IS NULL);
DELETE FROM act_ru_filter WHERE name_ = 'Expiring within a week' AND owner_ IS NULL;
-- Whoever asks for those, the newest first, would walk through all tasks to their oldest; task_without_date has all other tasks in their order.
DROP INDEX act_idx_task_create;

-- How many requests are on a version of the process, and the next ones that are to be moved to the newest.
CREATE INDEX instance_of_version ON act_ru_execution (proc_def_id_, id_) WHERE parent_id_ IS NULL;
-- Each query of Tasklist looks up what its reader was granted.
CREATE INDEX authorization_of_user ON act_ru_authorization (user_id_) WHERE user_id_ IS NOT NULL;

-- The engine asks for jobs that are due by now, and no more for those without a date, for which it would walk through all of them whenever the database thinks that many are
-- due, as it does after a release day. So whatever is to be done at once is due from the moment at which it is made. Where something else forgets that (an older
-- node, an administrator who takes the date away), the job would never be done.
CREATE FUNCTION be_due_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.duedate_ := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER job_without_date_is_due BEFORE INSERT OR UPDATE ON act_ru_job
    FOR EACH ROW WHEN (NEW.duedate_ IS NULL) EXECUTE FUNCTION be_due_now();
UPDATE act_ru_job SET duedate_ = clock_timestamp() WHERE duedate_ IS NULL;
