-- What is forgotten: requests that ended long ago, and one person who asks for it.

ALTER TABLE smart_account
    -- When it became what no request becomes again anything after; kept with the status.
    ADD COLUMN ended_at      timestamptz,
    ADD COLUMN anonymised_at timestamptz;
UPDATE smart_account SET ended_at = (
    SELECT max(occurred_at) FROM timeline_entry
    WHERE timeline_entry.request_number = smart_account.request_number AND timeline_entry.event = 'STATUS')
WHERE status IN ('WITHDRAWN', 'DECLINED', 'EXPIRED', 'CANCELED', 'CLOSED');

ALTER TABLE smart_account
    DROP CONSTRAINT account_is_well_formed,
    ADD CONSTRAINT account_is_well_formed CHECK (
        status IN ('IN_REVIEW', 'WITHDRAWN')
        OR anonymised_at IS NOT NULL
        OR (char_length(account_name) BETWEEN 1 AND 100
            AND char_length(customer_email) BETWEEN 3 AND 254 AND customer_email LIKE '_%@_%'
            AND char_length(account_domain) BETWEEN 4 AND 253 AND account_domain = lower(account_domain)
            AND char_length(note_to_customer) <= 2000
            AND char_length(user_emails) <= 3800
            AND char_length(note_to_users) <= 2000)),
    -- Nothing is forgotten by halves.
    ADD CONSTRAINT anonymised_says_nothing CHECK (
        anonymised_at IS NULL
        OR (ended_at IS NOT NULL
            AND (requester_id, requester_name, requester_email, account_name, customer_email, account_domain, note_to_customer,
                 user_emails, note_to_users, justification, passed_on_by, return_reason, decline_note, cancel_reason)
                = ('', '', '', '', '', '', '', '', '', '', '', '', '', '')));

CREATE INDEX request_to_forget ON smart_account (ended_at, request_number)
    WHERE ended_at IS NOT NULL AND anonymised_at IS NULL;

CREATE INDEX support_case_to_forget ON support_case (closed_at, case_number)
    WHERE closed_at IS NOT NULL AND reporter_email <> '';

-- Which rows of files have become a request.
CREATE INDEX upload_row_of_request ON upload_row (request_number) WHERE request_number IS NOT NULL;

-- That somebody's data was erased. Whose, only somebody who knows the address can find out.
CREATE TABLE erasure (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    erased_at    timestamptz NOT NULL,
    -- A user.
    erased_by    text        NOT NULL,
    -- Why, or the case in which it was asked for.
    reference    text        NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 200),
    -- HMAC-SHA256 of the address, in small letters.
    address_hash text        NOT NULL,
    -- How many there were of each.
    requests     int         NOT NULL,
    cases        int         NOT NULL,
    emails       int         NOT NULL,
    members      int         NOT NULL,
    upload_rows  int         NOT NULL
);
CREATE INDEX erasure_of_address ON erasure (address_hash);
