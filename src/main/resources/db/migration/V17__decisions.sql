-- The newest decisions, for how long customers take.
CREATE INDEX newest_decisions ON smart_account (end_of_wait DESC) WHERE status IN ('ACTIVE', 'DECLINED');
