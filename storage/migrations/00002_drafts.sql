-- +goose Up

-- Documents that people are writing and have not saved yet. A draft is its writer's alone.
CREATE TABLE drafts (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    report_id  uuid REFERENCES reports ON DELETE CASCADE, -- null: a new report
    title      text NOT NULL DEFAULT '', -- of the document as it is
    base       int NOT NULL DEFAULT 0,   -- the revision that was changed, 0 for a new report
    folder     text NOT NULL DEFAULT '', -- where a new report is to be
    version    int NOT NULL DEFAULT 1,   -- grows with each keeping
    document   bytea NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX drafts_once ON drafts (person_id, report_id) WHERE report_id IS NOT NULL;
CREATE INDEX drafts_person ON drafts (person_id);
CREATE INDEX drafts_report ON drafts (report_id);

-- +goose StatementBegin
-- drafts_of are a person's drafts, without those of reports whose SQL they may not see any more.
CREATE FUNCTION drafts_of(who uuid) RETURNS SETOF drafts LANGUAGE sql STABLE AS $$
    SELECT d.*
    FROM drafts d
    WHERE d.person_id = who
      AND (d.report_id IS NULL OR d.report_id IN (SELECT l.report_id FROM report_levels(who) l WHERE l.level >= 2))
$$;
-- +goose StatementEnd
