-- When a million requests wait: indexes that nobody reads cost as much as those that somebody does.

-- The engine's history of activities has as many indexes as columns that a report could ask for. Nothing here reports: the history of an instance is read by
-- the instance, and removed by its time.
DROP INDEX act_idx_hi_act_inst_stats;
DROP INDEX act_idx_hi_act_inst_comp;
DROP INDEX act_idx_hi_act_inst_start_end;
DROP INDEX act_idx_hi_act_inst_end;
DROP INDEX act_idx_hi_ai_pdefid_end_time;
DROP INDEX act_idx_hi_act_inst_proc_def_key;
DROP INDEX act_idx_hi_act_inst_tenant_id;

-- What a request never has, or hardly ever: whoever asks for a value finds it as before.
DROP INDEX act_idx_variable_tenant_id;
DROP INDEX act_idx_variable_task_name_type;
DROP INDEX act_idx_variable_task_id;
CREATE INDEX act_idx_variable_task_id ON act_ru_variable (task_id_) WHERE task_id_ IS NOT NULL;
DROP INDEX act_idx_var_bytearray;
CREATE INDEX act_idx_var_bytearray ON act_ru_variable (bytearray_id_) WHERE bytearray_id_ IS NOT NULL;
DROP INDEX act_idx_batch_id;
CREATE INDEX act_idx_batch_id ON act_ru_variable (batch_id_) WHERE batch_id_ IS NOT NULL;
DROP INDEX act_idx_var_case_exe;
CREATE INDEX act_idx_var_case_exe ON act_ru_variable (case_execution_id_) WHERE case_execution_id_ IS NOT NULL;
DROP INDEX act_idx_var_case_inst_id;
CREATE INDEX act_idx_var_case_inst_id ON act_ru_variable (case_inst_id_) WHERE case_inst_id_ IS NOT NULL;
DROP INDEX act_idx_exec_tenant_id;
DROP INDEX act_idx_exe_super;
CREATE INDEX act_idx_exe_super ON act_ru_execution (super_exec_) WHERE super_exec_ IS NOT NULL;

-- The same marks, found in a third of the time: the short ones are looked for only where there can be any.
CREATE OR REPLACE FUNCTION search_marks(words text, company_id text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_remove(array_agg(DISTINCT mark) || ('company ' || company_id), NULL)
    FROM (
        SELECT substr(words, place, 3) AS mark FROM generate_series(1, length(words) - 2) place
        UNION ALL
        SELECT mark FROM generate_series(1, 2) length, generate_series(1, length(words) - length + 1) place, substr(words, place, length) mark
        WHERE words ~ '[^ -~]' AND mark ~ '[^ -~]'
    ) marks
$$;

-- Tasklist's lists. Each of their queries joins the grants, so of these there is one for each task that somebody has, and none for each request that waits.
DELETE FROM act_ru_authorization WHERE type_ = 1 AND resource_type_ = 7 AND group_id_ = 'licensing-support' AND resource_id_ <> '*';
DELETE FROM act_ru_authorization known WHERE type_ = 1 AND resource_type_ = 8 AND user_id_ <> '*' AND resource_id_ <> '*'
    AND NOT EXISTS (SELECT FROM act_ru_task task WHERE task.proc_inst_id_ = known.resource_id_ AND task.assignee_ = known.user_id_);
UPDATE act_ru_filter SET query_ = (query_::jsonb || '{"withoutDueDate": true}')::text
    WHERE name_ = 'Support' AND owner_ IS NULL;
UPDATE act_ru_filter SET properties_ = (properties_::jsonb || '{"refresh": false}')::text
    WHERE name_ = 'All tasks' AND owner_ IS NULL;
-- What waits for licensing support, and not for a customer.
CREATE INDEX task_without_date ON act_ru_task (create_time_) WHERE due_date_ IS NULL;
