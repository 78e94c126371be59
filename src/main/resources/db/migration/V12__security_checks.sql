-- Regular security checks: their runs, what they find, and what they need for that.

CREATE TABLE security_check_run (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at    timestamptz NOT NULL,
    -- A user; empty for the timer.
    started_by    text        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('RUNNING', 'FINISHED', 'BROKEN_OFF')),
    ended_at      timestamptz,
    -- The accounts are checked in the order of their numbers, and those up to this one have been: after a crash it goes on there.
    checked_up_to text        NOT NULL DEFAULT '',
    checked       bigint      NOT NULL DEFAULT 0,
    -- Of what was found: only noted, given to licensing support, and known from a run before.
    watched       bigint      NOT NULL DEFAULT 0,
    to_review     bigint      NOT NULL DEFAULT 0,
    known         bigint      NOT NULL DEFAULT 0,
    CONSTRAINT only_running_has_no_end CHECK ((ended_at IS NULL) = (state = 'RUNNING'))
);
-- One at a time, over all nodes.
CREATE UNIQUE INDEX one_security_check_at_a_time ON security_check_run (state) WHERE state = 'RUNNING';

CREATE TABLE security_finding (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_number text        NOT NULL REFERENCES smart_account,
    outcome        text        NOT NULL CHECK (outcome IN ('WATCH', 'REVIEW')),
    severity       text        NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH')),
    -- The key of the text that says what is suspicious.
    message        text        NOT NULL,
    -- All facts as they were then, as JSON.
    facts          text        NOT NULL,
    -- Of the message, and of the facts that its row asks about: SHA-256.
    fingerprint    text        NOT NULL,
    found_at       timestamptz NOT NULL,
    state          text        NOT NULL CHECK (state IN (
        'WATCHED', 'OPEN', 'CLEARED', 'SUSPENDED', 'REINSTATED', 'CLOSED', 'UNDECIDED', 'ENDED')),
    -- The how-manieth review of this account it belongs to; 0 for what is only watched.
    review         integer     NOT NULL,
    -- A user; empty if time decided, or nobody has.
    decided_by     text        NOT NULL DEFAULT '',
    decided_at     timestamptz,
    reason         text        NOT NULL DEFAULT '' CHECK (char_length(reason) <= 2000),
    CONSTRAINT only_reviews_are_counted CHECK ((review > 0) = (outcome = 'REVIEW')),
    CONSTRAINT only_watched_is_not_decided CHECK ((state = 'WATCHED') = (outcome = 'WATCH')),
    CONSTRAINT decided_at_some_time CHECK ((decided_at IS NULL) = (state IN ('WATCHED', 'OPEN')))
);
-- The same is not found again, whether it is open or decided; what nobody has decided in time is.
CREATE UNIQUE INDEX finding_once ON security_finding (request_number, fingerprint) WHERE state <> 'UNDECIDED';
CREATE INDEX finding_newest ON security_finding (found_at DESC, id DESC);

-- What the domain of each live account could be taken for. Found by any mark that two have in common: how its letters look, itself, and
-- itself without one letter. A domain has some twenty of them, so that nobody has to compare each with each.
CREATE TABLE domain_marks (
    request_number text        PRIMARY KEY REFERENCES smart_account ON DELETE CASCADE,
    account_domain text        NOT NULL,
    requested_at   timestamptz NOT NULL,
    marks          text[]      NOT NULL
);
CREATE INDEX domain_by_mark ON domain_marks USING gin (marks) WITH (fastupdate = off);

-- Forged activation links that named a request: one row a day, whatever is tried.
CREATE TABLE wrong_link (
    request_number text    NOT NULL REFERENCES smart_account ON DELETE CASCADE,
    day            date    NOT NULL,
    tries          integer NOT NULL,
    PRIMARY KEY (request_number, day)
);
CREATE INDEX wrong_link_by_day ON wrong_link (day);

-- An account can come under review, and be suspended, more than once: each time people are told.
ALTER TABLE email ADD COLUMN review integer NOT NULL DEFAULT 0;
DROP INDEX email_once_an_occurrence;
CREATE UNIQUE INDEX email_once_an_occurrence
    ON email (request_number, template, recipient, approver_version, resend, days_left, review);
