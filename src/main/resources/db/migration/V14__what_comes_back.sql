-- Emails that a mail server had accepted, and that came back later.

ALTER TABLE email
    ADD COLUMN came_back_at timestamptz,
    ADD CONSTRAINT what_came_back_has_failed CHECK (came_back_at IS NULL OR state = 'FAILED');

-- What is to be sent.
CREATE INDEX email_waiting ON email (template, id) WHERE state = 'WAITING';
