-- How many requests and emails there are of each kind, for the metrics: kept, since counting them would take longer with each year.
--
-- A tally sheet: whoever changes something makes a mark, in a row of its own, so that nobody waits for anybody, and what is rolled back has
-- made none. From time to time somebody adds the marks up. The sum of both tables is exact at every moment.
CREATE TABLE tally (
    -- What is counted: request, outcome, email, finding.
    kind   text   NOT NULL,
    -- A status, an outcome, a template, the state of a finding.
    name   text   NOT NULL,
    -- Of an email its state, of a finding its severity; otherwise empty.
    detail text   NOT NULL,
    total  bigint NOT NULL,
    PRIMARY KEY (kind, name, detail)
);

CREATE TABLE tally_mark (
    id     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind   text    NOT NULL,
    name   text    NOT NULL,
    detail text    NOT NULL,
    -- How many more there are, or fewer.
    amount integer NOT NULL
);

-- A request ends when its wait does, or when it was never sent. An active account that is suspended, comes back or is
-- closed was activated once.
CREATE FUNCTION outcome_of(request smart_account) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN request.status = 'WITHDRAWN' OR request.end_of_wait IS NOT NULL
        THEN CASE WHEN 'ACTIVE' IN (request.status, request.status_before) THEN 'activated' ELSE lower(request.status) END END
$$;

CREATE FUNCTION tally_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('request', lower(OLD.status), '', -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('request', lower(NEW.status), '', 1);
        IF outcome_of(NEW) IS NOT NULL AND (TG_OP = 'INSERT' OR outcome_of(OLD) IS NULL) THEN
            INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('outcome', outcome_of(NEW), '', 1);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER request_is_tallied AFTER INSERT OR DELETE ON smart_account
    FOR EACH ROW EXECUTE FUNCTION tally_request();
CREATE TRIGGER changed_request_is_tallied AFTER UPDATE ON smart_account
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION tally_request();

CREATE FUNCTION tally_email() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('email', OLD.template, lower(OLD.state), -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('email', NEW.template, lower(NEW.state), 1);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER email_is_tallied AFTER INSERT OR DELETE ON email
    FOR EACH ROW EXECUTE FUNCTION tally_email();
CREATE TRIGGER changed_email_is_tallied AFTER UPDATE ON email
    FOR EACH ROW WHEN ((OLD.template, OLD.state) IS DISTINCT FROM (NEW.template, NEW.state)) EXECUTE FUNCTION tally_email();

CREATE FUNCTION tally_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('finding', lower(OLD.state), lower(OLD.severity), -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO tally_mark (kind, name, detail, amount) VALUES ('finding', lower(NEW.state), lower(NEW.severity), 1);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER finding_is_tallied AFTER INSERT OR DELETE ON security_finding
    FOR EACH ROW EXECUTE FUNCTION tally_finding();
CREATE TRIGGER changed_finding_is_tallied AFTER UPDATE ON security_finding
    FOR EACH ROW WHEN ((OLD.state, OLD.severity) IS DISTINCT FROM (NEW.state, NEW.severity)) EXECUTE FUNCTION tally_finding();

-- What was there before. The triggers hold back whoever writes until this is done, so nothing is missed, and nothing counted twice.
INSERT INTO tally SELECT 'request', lower(status), '', count(*) FROM smart_account GROUP BY status;
INSERT INTO tally SELECT 'outcome', outcome, '', count(*)
    FROM (SELECT outcome_of(request) AS outcome FROM smart_account request) ended WHERE outcome IS NOT NULL GROUP BY outcome;
INSERT INTO tally SELECT 'email', template, lower(state), count(*) FROM email GROUP BY template, state;
INSERT INTO tally SELECT 'finding', lower(state), lower(severity), count(*) FROM security_finding GROUP BY state, severity;

-- Jobs that nobody tries any more are few; timers that wait are many.
CREATE INDEX job_given_up ON act_ru_job (id_) WHERE retries_ = 0;

-- Emails that no mail server has taken yet: none, while all is well.
CREATE INDEX email_tried_in_vain ON email (id) WHERE state = 'WAITING' AND tries > 0;
