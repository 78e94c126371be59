-- Lists of requests, the newest first, and searching them.

-- Also those that have ended: of each status the newest, for one requester, for one company and for all, whatever the number of the others.
DROP INDEX open_requests_of_company;
CREATE INDEX requests_of_company ON smart_account (requester_company_id, status, requested_at, request_number);
CREATE INDEX requests_of_requester ON smart_account (requester_id, requester_company_id, status, requested_at, request_number);
DROP INDEX open_requests;
CREATE INDEX requests_by_status ON smart_account (status, requested_at, request_number);

-- What needs attention.
CREATE INDEX request_deadline ON smart_account (deadline, request_number) WHERE status = 'PENDING';
CREATE INDEX email_failed ON email (request_number, approver_version) WHERE state = 'FAILED';

-- A text as it is searched: capital or small, full or half width, ß or ss, whatever end a Greek word has and whatever dot an i.
CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT translate(lower(upper(normalize(words, NFKC) COLLATE "und-x-icu")), U&'\03C2\0307', U&'\03C3')
$$;

-- What a text is found by: each run of three characters, and where they are not ASCII also of one and two, since a Japanese name may have
-- two. An index of these marks finds any part of any word of any script, whatever locale the database was made with; pg_trgm does not.
-- The company is one more mark, so that a word that is common with others costs nobody anything.
CREATE FUNCTION search_marks(words text, company_id text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_remove(array_agg(DISTINCT mark) || ('company ' || company_id), NULL)
    FROM generate_series(1, 3) length, generate_series(1, length(words) - length + 1) place, substr(words, place, length) mark
    WHERE length = 3 OR mark ~ '[^ -~]'
$$;

-- What each request is searched by, in a table of its own: its index is not touched when a request goes its way.
CREATE TABLE request_words (
    request_number       text        PRIMARY KEY REFERENCES smart_account ON DELETE CASCADE,
    -- These never change.
    requester_company_id text        NOT NULL,
    requested_at         timestamptz NOT NULL,
    words                text        NOT NULL
);

-- A request in review may be called by thousands of characters; it is found by the first ones.
CREATE FUNCTION words_of(request smart_account) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT folded(request.request_number || ' ' || left(request.account_name, 200) || ' ' || left(request.account_domain, 253) || ' '
        || left(request.customer_email, 254))
$$;

INSERT INTO request_words
SELECT request_number, requester_company_id, requested_at, words_of(request) FROM smart_account request;

-- New marks are put into order a megabyte at a time: a search looks through the others, and no request waits for it.
CREATE INDEX request_marks ON request_words USING gin (search_marks(words, requester_company_id)) WITH (gin_pending_list_limit = 1024);

CREATE FUNCTION keep_request_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO request_words VALUES (NEW.request_number, NEW.requester_company_id, NEW.requested_at, words_of(NEW))
    ON CONFLICT (request_number) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$;
CREATE TRIGGER new_request_has_words AFTER INSERT ON smart_account
    FOR EACH ROW EXECUTE FUNCTION keep_request_words();
CREATE TRIGGER changed_request_has_words AFTER UPDATE ON smart_account
    FOR EACH ROW
    WHEN ((OLD.account_name, OLD.account_domain, OLD.customer_email)
        IS DISTINCT FROM (NEW.account_name, NEW.account_domain, NEW.customer_email))
    EXECUTE FUNCTION keep_request_words();
