-- Smart Accounts, from the request on. V1 is the process engine's own schema (see EngineSchema).

CREATE SEQUENCE request_number;

CREATE TABLE smart_account (
    request_number         text        PRIMARY KEY CHECK (request_number ~ '^SAR-[0-9]{6,}$'),
    version                integer     NOT NULL,
    status                 text        NOT NULL
        CHECK (status IN ('IN_REVIEW', 'WITHDRAWN', 'PENDING', 'ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED')),

    requester_id           text        NOT NULL,
    requester_name         text        NOT NULL,
    requester_email        text        NOT NULL,
    requester_company_id   text        NOT NULL,
    requester_company_name text        NOT NULL,
    requested_at           timestamptz NOT NULL,

    account_name           text        NOT NULL,
    customer_email         text        NOT NULL,
    account_domain         text        NOT NULL,
    note_to_customer       text        NOT NULL,
    user_emails            text        NOT NULL,
    note_to_users          text        NOT NULL,

    approver_version       integer     NOT NULL CHECK (approver_version >= 1),
    deadline               timestamptz,
    end_of_wait            timestamptz,
    decline_reason         text        CHECK (decline_reason IN ('NOT_A_CUSTOMER', 'NOT_WANTED', 'DUPLICATE', 'OTHER')),
    decline_note           text        NOT NULL CHECK (char_length(decline_note) <= 2000),

    -- While a request is in review everything about it may be wrong; an account is well-formed.
    CONSTRAINT account_is_well_formed CHECK (
        status IN ('IN_REVIEW', 'WITHDRAWN')
        OR (char_length(account_name) BETWEEN 1 AND 100
            AND char_length(customer_email) BETWEEN 3 AND 254 AND customer_email LIKE '_%@_%'
            AND char_length(account_domain) BETWEEN 4 AND 253 AND account_domain = lower(account_domain)
            AND char_length(note_to_customer) <= 2000
            AND char_length(user_emails) <= 3800
            AND char_length(note_to_users) <= 2000)),
    CONSTRAINT wait_has_ended_or_not CHECK (
        (end_of_wait IS NOT NULL) = (status IN ('ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED'))),
    CONSTRAINT declined_has_reason CHECK ((decline_reason IS NOT NULL) = (status = 'DECLINED')),
    CONSTRAINT only_declined_has_note CHECK (decline_note = '' OR status = 'DECLINED')
);

-- One live account a domain.
CREATE UNIQUE INDEX one_live_account_a_domain ON smart_account (account_domain)
    WHERE status IN ('PENDING', 'ACTIVE');

CREATE TABLE timeline_entry (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_number text        NOT NULL REFERENCES smart_account,
    occurred_at    timestamptz NOT NULL,
    actor_role     text        NOT NULL CHECK (actor_role IN ('REQUESTER', 'APPROVER', 'SUPPORT', 'ADMINISTRATOR', 'SYSTEM')),
    actor_name     text        NOT NULL,
    status         text        NOT NULL,
    details        text        NOT NULL
);
CREATE INDEX timeline_of_account ON timeline_entry (request_number, id);

CREATE TABLE member (
    request_number text NOT NULL REFERENCES smart_account,
    email          text NOT NULL,
    role           text NOT NULL CHECK (role IN ('ADMINISTRATOR', 'USER'))
);
CREATE UNIQUE INDEX member_once_an_account ON member (request_number, lower(email));
