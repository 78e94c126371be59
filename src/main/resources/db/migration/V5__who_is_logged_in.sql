-- Sessions, as Spring Session JDBC 3.5 wants them: any node goes on with them.
CREATE TABLE spring_session (
    primary_id char(36) PRIMARY KEY,
    session_id char(36) NOT NULL UNIQUE,
    creation_time bigint NOT NULL,
    last_access_time bigint NOT NULL,
    max_inactive_interval int NOT NULL,
    expiry_time bigint NOT NULL,
    principal_name varchar(100)
);

CREATE INDEX spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX spring_session_principal ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES spring_session ON DELETE CASCADE,
    attribute_name varchar(200) NOT NULL,
    attribute_bytes bytea NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);

-- Which of them came from which login at the identity provider, who may end it. It is written a moment before the session is, so there
-- is no foreign key.
CREATE TABLE single_sign_on_session (
    session_id char(36) PRIMARY KEY,
    issuer text NOT NULL,
    subject text NOT NULL,
    -- The identity provider's own name of its session; not every one has such names.
    sid text,
    since timestamptz NOT NULL
);

CREATE INDEX single_sign_on_session_subject ON single_sign_on_session (issuer, subject);

-- Counters of Bucket4j: how often somebody has tried.
CREATE TABLE rate_limit (
    id text PRIMARY KEY,
    state bytea,
    -- Milliseconds since 1970.
    expires_at bigint
);

CREATE INDEX rate_limit_expiry ON rate_limit (expires_at);

-- The list of open requests, of one company and of all.
CREATE INDEX open_requests_of_company ON smart_account (requester_company_id, requested_at)
    WHERE status IN ('IN_REVIEW', 'PENDING');
CREATE INDEX open_requests ON smart_account (requested_at) WHERE status IN ('IN_REVIEW', 'PENDING');
