-- Which form of a new request has become which: sent twice it is still one request.
CREATE TABLE sent_form (
    form           uuid NOT NULL,
    sender         text NOT NULL,
    sent_at        timestamptz NOT NULL,
    -- Empty only until the end of the transaction in which the request begins.
    request_number text REFERENCES smart_account,
    PRIMARY KEY (form, sender)
);
CREATE INDEX sent_form_at ON sent_form (sent_at);

-- Whether somebody of the same company has asked for a domain. In review it may be anything, and longer than other indexes take.
CREATE INDEX requests_for_domain ON smart_account USING hash (account_domain);
