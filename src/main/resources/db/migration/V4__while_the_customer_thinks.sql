-- While the customer thinks: other approvers, resending, cancelling, languages, and what became of each email.

ALTER TABLE smart_account
    ADD COLUMN requester_language text    NOT NULL DEFAULT 'en',
    ADD COLUMN customer_language  text    NOT NULL DEFAULT 'en',
    ADD COLUMN passed_on_by       text    NOT NULL DEFAULT '',
    ADD COLUMN resends            integer NOT NULL DEFAULT 0 CHECK (resends BETWEEN 0 AND 10),
    ADD COLUMN last_resend_at     timestamptz,
    ADD COLUMN canceled_by        text,
    ADD COLUMN cancel_reason      text    NOT NULL DEFAULT '' CHECK (char_length(cancel_reason) <= 2000),
    ADD CONSTRAINT approver_changes_have_an_end CHECK (approver_version <= 11),
    ADD CONSTRAINT only_canceled_has_reason CHECK (cancel_reason = '' OR status = 'CANCELED'),
    ADD CONSTRAINT resent_at_some_time CHECK ((last_resend_at IS NULL) = (resends = 0));
-- Whoever canceled before today deleted the process in Cockpit.
UPDATE smart_account SET canceled_by = 'ADMINISTRATOR' WHERE status = 'CANCELED';
ALTER TABLE smart_account
    ADD CONSTRAINT canceled_by_somebody CHECK ((canceled_by IS NOT NULL) = (status = 'CANCELED'));

ALTER TABLE timeline_entry
    ADD COLUMN event text NOT NULL DEFAULT 'STATUS' CHECK (event IN ('STATUS', 'RESEND', 'APPROVER'));

-- The ledger: a row for each email, from the moment in which it is certain that it is to be sent.
CREATE TABLE email (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_number   text        NOT NULL REFERENCES smart_account,
    template         text        NOT NULL,
    recipient        text        NOT NULL,
    -- The occurrence: what makes two of the same kind to the same person different.
    approver_version integer     NOT NULL,
    resend           integer     NOT NULL,
    days_left        bigint      NOT NULL,
    language         text        NOT NULL,
    message_id       text        NOT NULL UNIQUE,
    state            text        NOT NULL CHECK (state IN ('WAITING', 'SENT', 'FAILED', 'DROPPED')),
    tries            integer     NOT NULL,
    last_answer      text        NOT NULL CHECK (char_length(last_answer) <= 500),
    changed_at       timestamptz NOT NULL
);
CREATE UNIQUE INDEX email_once_an_occurrence
    ON email (request_number, template, recipient, approver_version, resend, days_left);
