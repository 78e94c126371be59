-- What was anonymised is removed some day, so that no table grows for ever; only what became of how many stays, in the tally.
CREATE INDEX request_to_remove ON smart_account (anonymised_at, request_number) WHERE anonymised_at IS NOT NULL;
CREATE INDEX support_case_to_remove ON support_case (closed_at, case_number) WHERE closed_at IS NOT NULL AND reporter_email = '';
CREATE INDEX page_vote_by_age ON page_vote (given_at);
-- Whoever removes a request looks for all that refer to it.
CREATE INDEX finding_of_request ON security_finding (request_number);
