-- Support cases, the emails about them, and what readers think of our pages.

CREATE SEQUENCE case_number;

CREATE TABLE support_case (
    case_number    text        PRIMARY KEY CHECK (case_number ~ '^CASE-[0-9]{6,}$'),
    -- The form that was sent: sent twice it is still one case.
    form           uuid        NOT NULL UNIQUE,
    status         text        NOT NULL CHECK (status IN ('OPEN', 'ANSWERED', 'CLOSED')),
    -- What it is about, if that is known.
    request_number text        REFERENCES smart_account,
    -- What the reporter has typed as its number; empty if the link or the page that led to the form knew it.
    request_named  text        NOT NULL CHECK (char_length(request_named) <= 100),
    -- Nobody has proved that it is theirs.
    reporter_email text        NOT NULL,
    -- The user who was logged in; empty if nobody was.
    reporter_id    text        NOT NULL,
    -- In which the reporter is written to, a BCP 47 tag.
    language       text        NOT NULL,
    -- Whether the reporter is written to before somebody has answered.
    acknowledged   boolean     NOT NULL,
    reported_at    timestamptz NOT NULL,
    closed_at      timestamptz,
    -- A closed one forgets it some day.
    CONSTRAINT reporter_can_be_reached CHECK (
        char_length(reporter_email) BETWEEN 3 AND 254 AND reporter_email LIKE '_%@_%' OR reporter_email = '' AND status = 'CLOSED'),
    CONSTRAINT only_closed_has_end CHECK ((closed_at IS NOT NULL) = (status = 'CLOSED'))
);
CREATE INDEX support_case_of_request ON support_case (request_number) WHERE request_number IS NOT NULL;

-- What was said, in its order. Nothing of it changes.
CREATE TABLE case_message (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_number text        NOT NULL REFERENCES support_case,
    author      text        NOT NULL CHECK (author IN ('REPORTER', 'SUPPORT')),
    -- Of support, the user; empty for the reporter.
    author_id   text        NOT NULL,
    written_at  timestamptz NOT NULL,
    words       text        NOT NULL CHECK (char_length(words) BETWEEN 1 AND 4000)
);
CREATE INDEX case_message_thread ON case_message (case_number, id);

-- An email is about a request, or about a case.
ALTER TABLE email
    ALTER COLUMN request_number DROP NOT NULL,
    ADD COLUMN case_number text REFERENCES support_case,
    -- Of an email about a case: how often it had been answered by then.
    ADD COLUMN turn integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT email_is_about_one CHECK (num_nonnulls(request_number, case_number) = 1),
    ADD CONSTRAINT only_cases_have_turns CHECK (turn = 0 OR case_number IS NOT NULL);
CREATE UNIQUE INDEX email_once_a_turn ON email (case_number, template, recipient, turn) WHERE case_number IS NOT NULL;

-- Whether a page was helpful.
CREATE TABLE page_vote (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The form that was sent: whoever sends it again has changed their mind.
    form     uuid        NOT NULL UNIQUE,
    page     text        NOT NULL,
    language text        NOT NULL,
    helpful  boolean     NOT NULL,
    comment  text        NOT NULL CHECK (char_length(comment) <= 1000),
    given_at timestamptz NOT NULL
);
CREATE INDEX page_vote_count ON page_vote (page, language, helpful);
CREATE INDEX page_vote_comments ON page_vote (id) WHERE comment <> '';
