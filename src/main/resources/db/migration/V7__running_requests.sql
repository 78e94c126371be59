-- What became of the requests that waited on older versions of the process: a row for each run, and for each of its outcomes.

CREATE TABLE running_requests_run (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    -- A user; empty for the start of the application.
    started_by text        NOT NULL,
    -- Nothing was changed.
    trial      boolean     NOT NULL,
    -- How many were to be looked at.
    requests   bigint      NOT NULL,
    -- Null while it is under way, and for ever if it was broken off.
    ended_at   timestamptz
);

CREATE TABLE running_requests_result (
    run_id       bigint NOT NULL REFERENCES running_requests_run,
    from_version text   NOT NULL,
    to_version   text   NOT NULL,
    outcome      text   NOT NULL,
    detail       text   NOT NULL CHECK (char_length(detail) <= 500),
    requests     bigint NOT NULL,
    -- One of them, by its number.
    example      text   NOT NULL,
    PRIMARY KEY (run_id, from_version, to_version, outcome, detail)
);
