-- From now on the engine says when a request begins, and not when it ends, on which day what it remembers of it is removed (see
-- history-removal-time-strategy). What is under way has no such day yet, and would be kept for ever.
UPDATE act_hi_procinst SET removal_time_ = start_time_ + interval '365 days' WHERE removal_time_ IS NULL AND end_time_ IS NULL;

DO $$
DECLARE
    history text;
BEGIN
    FOR history IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name LIKE 'act\_hi\_%' AND table_name <> 'act_hi_procinst'
          AND column_name IN ('root_proc_inst_id_', 'removal_time_')
        GROUP BY table_name HAVING count(*) = 2
    LOOP
        EXECUTE format(
            'UPDATE %I entry SET removal_time_ = request.removal_time_ FROM act_hi_procinst request
             WHERE entry.removal_time_ IS NULL AND request.proc_inst_id_ = entry.root_proc_inst_id_ AND request.end_time_ IS NULL',
            history);
    END LOOP;
END
$$;
