-- Many requests at once, from files: what was uploaded, and what became of each row.

CREATE TABLE upload (
    id          uuid        PRIMARY KEY,
    company_id  text        NOT NULL,
    uploaded_by text        NOT NULL,
    -- In which the person was spoken to, a BCP 47 tag.
    language    text        NOT NULL,
    uploaded_at timestamptz NOT NULL,
    file_name   text        NOT NULL CHECK (char_length(file_name) <= 100),
    -- Of what the file says, however it is written: SHA-256.
    fingerprint text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('PREVIEWED', 'STARTED', 'FINISHED')),
    -- How many rows there are, and how many of them were good in the preview, were created, and failed after it.
    total       int         NOT NULL,
    good        int         NOT NULL,
    created     int         NOT NULL DEFAULT 0,
    failed      int         NOT NULL DEFAULT 0,
    ended_at    timestamptz,
    -- The same file twice creates nothing twice.
    UNIQUE (company_id, fingerprint),
    CONSTRAINT only_finished_has_ended CHECK ((state = 'FINISHED') = (ended_at IS NOT NULL))
);

CREATE INDEX upload_of_company ON upload (company_id, uploaded_at);
CREATE INDEX upload_by_state ON upload (state, uploaded_at);

CREATE TABLE upload_row (
    upload_id         uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
    -- As a spreadsheet counts it: the header is row 1.
    number            int  NOT NULL,
    account_name      text NOT NULL,
    customer_email    text NOT NULL,
    account_domain    text NOT NULL,
    note_to_customer  text NOT NULL,
    user_emails       text NOT NULL,
    note_to_users     text NOT NULL,
    customer_language text NOT NULL,
    justification     text NOT NULL,
    state             text NOT NULL CHECK (state IN ('GOOD', 'BAD', 'CREATED', 'FAILED')),
    -- What there is to say about it, as JSON: texts by their keys, for readers of any language.
    remarks           text NOT NULL,
    -- How often it was broken off by an error of ours.
    tries             int  NOT NULL DEFAULT 0,
    request_number    text REFERENCES smart_account,
    PRIMARY KEY (upload_id, number),
    CONSTRAINT only_created_has_number CHECK ((state = 'CREATED') = (request_number IS NOT NULL))
);

-- What is still to be done, in order.
CREATE INDEX upload_row_to_do ON upload_row (upload_id, number) WHERE state = 'GOOD';
