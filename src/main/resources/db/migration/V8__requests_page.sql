-- Lists of requests, the newest first, and searching them.

-- Also those that have ended: of each status the newest, for one company and for all, whatever the number of the others.
DROP INDEX open_requests_of_company;
CREATE INDEX requests_of_company ON smart_account (requester_company_id, status, requested_at, request_number);
DROP INDEX open_requests;
CREATE INDEX requests_by_status ON smart_account (status, requested_at, request_number);
