-- Accounts that licensing support has stopped while it looks at them, and those that it has closed.

ALTER TABLE smart_account
    DROP CONSTRAINT smart_account_status_check,
    ADD CONSTRAINT smart_account_status_check CHECK (status IN (
        'IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'WITHDRAWN', 'PENDING', 'ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED', 'SUSPENDED', 'CLOSED')),
    -- What it was, and may become again.
    ADD COLUMN status_before text CHECK (status_before IN ('PENDING', 'ACTIVE')),
    ADD COLUMN suspensions   integer NOT NULL DEFAULT 0 CHECK (suspensions >= 0),
    ADD CONSTRAINT stopped_was_something CHECK ((status_before IS NOT NULL) = (status IN ('SUSPENDED', 'CLOSED'))),
    ADD CONSTRAINT suspended_is_counted CHECK (status <> 'SUSPENDED' OR suspensions > 0),
    DROP CONSTRAINT wait_has_ended_or_not,
    ADD CONSTRAINT wait_has_ended_or_not CHECK (
        (end_of_wait IS NOT NULL) = (status IN ('ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED', 'CLOSED')
            OR status = 'SUSPENDED' AND status_before = 'ACTIVE'));

ALTER TABLE timeline_entry
    DROP CONSTRAINT timeline_entry_event_check,
    ADD CONSTRAINT timeline_entry_event_check CHECK (event IN ('STATUS', 'RESEND', 'APPROVER', 'REINSTATED'));

-- Nobody else gets a domain while its account is looked at.
DROP INDEX one_live_account_a_domain;
CREATE UNIQUE INDEX one_live_account_a_domain ON smart_account (account_domain)
    WHERE status IN ('PENDING', 'ACTIVE', 'SUSPENDED');
