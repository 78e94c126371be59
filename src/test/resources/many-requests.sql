-- Requests %1$d to %2$d, made one after the other in three years, for the benchmark of the requests page: of fifty companies with four people each, the
-- first of which are those of Paula's company. Nearly all have ended; of the newest two hundredths some are in review and the others wait.

CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT
    'SAR-' || number AS request_number,
    CASE WHEN share > 0.98 THEN (ARRAY['IN_REVIEW', 'PENDING', 'PENDING', 'PENDING'])[1 + number %% 4]
        ELSE (ARRAY['ACTIVE', 'ACTIVE', 'ACTIVE', 'DECLINED', 'EXPIRED', 'CANCELED', 'WITHDRAWN'])[1 + number %% 7] END AS status,
    CASE number %% 50 WHEN 0 THEN (ARRAY['paula', 'pedro', 'petra', 'paolo'])[1 + number / 50 %% 4]
        ELSE 'requester-' || number %% 200 END AS requester_id,
    CASE number %% 50 WHEN 0 THEN 'alpine-reseller' ELSE 'company-' || number %% 50 END AS company_id,
    timestamptz '2026-11-01 12:00Z' - interval '3 years' * (1 - share) AS requested_at,
    (ARRAY['Muster', 'Alba', 'Nordwind', '日本', 'Šumava', 'Ελλάς', 'Bøen', 'Ferro'])[1 + number %% 8] || ' '
        || (ARRAY['Werke', 'Foods', 'Logistics', '株式会社', 'Partners', 'Group', 'Labs'])[1 + number %% 7] || ' ' || md5(number::text) AS account_name,
    'customer-' || number || '.example' AS account_domain
FROM (SELECT number, (number - %1$d + 1.0) / (%2$d - %1$d + 1) AS share FROM generate_series(%1$d, %2$d) number);

-- All at once is faster than one by one: no trigger runs, which also means that no foreign key is looked after, and the marks are sorted in memory.
SET LOCAL session_replication_role = replica;
SET LOCAL maintenance_work_mem = '512MB';
DROP INDEX request_marks;

INSERT INTO smart_account (request_number, version, status, requester_id, requester_name, requester_email, requester_company_id,
    requester_company_name, requested_at, account_name, customer_email, account_domain, note_to_customer, user_emails, note_to_users,
    approver_version, deadline, end_of_wait, decline_reason, decline_note, canceled_by)
SELECT request_number, 3, status, requester_id, initcap(requester_id), requester_id || '@partner.example', company_id,
    initcap(company_id), requested_at, account_name, 'anna@' || account_domain, account_domain, 'As agreed on the telephone.', '', '',
    1, CASE WHEN status NOT IN ('IN_REVIEW', 'WITHDRAWN') THEN requested_at + interval '90 days' END,
    CASE WHEN status IN ('ACTIVE', 'DECLINED', 'CANCELED') THEN requested_at + interval '1 day' * (1 + substr(request_number, 5)::int %% 40)
        WHEN status = 'EXPIRED' THEN requested_at + interval '90 days' END,
    CASE WHEN status = 'DECLINED' THEN 'OTHER' END, '', CASE WHEN status = 'CANCELED' THEN 'REQUESTER' END
FROM made;

INSERT INTO request_words
SELECT request_number, requester_company_id, requested_at, words_of(request) FROM smart_account request WHERE request_number IN (SELECT request_number FROM made);
CREATE INDEX request_marks ON request_words USING gin (search_marks(words, requester_company_id)) WITH (gin_pending_list_limit = 1024);

INSERT INTO timeline_entry (request_number, occurred_at, actor_role, actor_name, event, status, details)
SELECT request_number, requested_at + interval '1 hour' * step, 'REQUESTER', requester_id, 'STATUS',
    (ARRAY['IN_REVIEW', 'PENDING', status])[step], ''
FROM made, generate_series(1, 3) step WHERE status NOT IN ('IN_REVIEW', 'WITHDRAWN', 'PENDING') OR step = 1 OR step = 2 AND status = 'PENDING';

INSERT INTO email (request_number, template, recipient, approver_version, resend, days_left, language, message_id, state, tries, last_answer, changed_at)
SELECT request_number, template, 'anna@' || account_domain, 1, 0, 0, 'en', template || '-' || request_number,
    CASE WHEN template = 'welcome' AND substr(request_number, 5)::int %% 100 = 0 THEN 'FAILED' ELSE 'SENT' END, 1, '', requested_at
FROM made, unnest(ARRAY['requestReceipt', 'activationInstructions', 'reminder', 'welcome']) template;

-- Who is busy with those in review.
INSERT INTO act_ru_execution (id_, rev_, proc_inst_id_, business_key_, is_active_, is_concurrent_, is_scope_, is_event_scope_, suspension_state_, cached_ent_state_)
SELECT 'made-' || request_number, 1, 'made-' || request_number, request_number, true, false, true, false, 1, 0 FROM made WHERE status = 'IN_REVIEW';
INSERT INTO act_ru_task (id_, rev_, execution_id_, proc_inst_id_, name_, task_def_key_, assignee_, priority_, create_time_, suspension_state_)
SELECT 'made-' || request_number, 1, 'made-' || request_number, 'made-' || request_number, 'Review request', 'Activity_reviewRequest', requester_id,
    50, requested_at, 1 FROM made WHERE status = 'IN_REVIEW';
