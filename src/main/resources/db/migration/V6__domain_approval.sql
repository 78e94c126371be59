-- Licensing support approves unusual domains before there is an account.

ALTER TABLE smart_account
    DROP CONSTRAINT smart_account_status_check,
    ADD CONSTRAINT smart_account_status_check CHECK (status IN (
        'IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'WITHDRAWN', 'PENDING', 'ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED')),
    ADD COLUMN justification text NOT NULL DEFAULT '',
    ADD COLUMN return_reason text NOT NULL DEFAULT '' CHECK (char_length(return_reason) <= 2000),
    ADD CONSTRAINT justification_is_well_formed CHECK (
        status IN ('IN_REVIEW', 'WITHDRAWN') OR char_length(justification) <= 2000),
    -- A request that has come back is in review, or was given up there.
    ADD CONSTRAINT only_returned_has_reason CHECK (return_reason = '' OR status IN ('IN_REVIEW', 'WITHDRAWN'));

DROP INDEX open_requests_of_company;
CREATE INDEX open_requests_of_company ON smart_account (requester_company_id, requested_at)
    WHERE status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING');
DROP INDEX open_requests;
CREATE INDEX open_requests ON smart_account (requested_at)
    WHERE status IN ('IN_REVIEW', 'IN_DOMAIN_APPROVAL', 'PENDING');
