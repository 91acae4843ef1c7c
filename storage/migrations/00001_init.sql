-- +goose Up

-- People and rights ------------------------------------------------------------------------------------------------------------

CREATE TABLE people (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CHECK (email <> ''),
    name          text NOT NULL DEFAULT '',
    role          text NOT NULL CHECK (role IN ('administrator', 'analyst', 'member')),
    password_hash text,          -- argon2id in its encoded form; null: signs in by OIDC alone
    temporary     boolean NOT NULL DEFAULT false, -- the password was made by somebody else and is to be changed first
    oidc_subject  text UNIQUE,   -- issuer and subject, once they have signed in that way
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    seen_at       timestamptz
);
CREATE UNIQUE INDEX people_email ON people (lower(email));

CREATE TABLE groups (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX groups_name ON groups (lower(name));

CREATE TABLE memberships (
    group_id  uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    PRIMARY KEY (group_id, person_id)
);
CREATE INDEX memberships_person ON memberships (person_id);

-- The values of a field that a group may choose. A person in several limited groups may choose what any of them may.
CREATE TABLE value_limits (
    group_id uuid NOT NULL REFERENCES groups ON DELETE CASCADE,
    field    text NOT NULL CHECK (field ~ '^[a-z][a-z0-9_]*$'),
    allowed  text[] NOT NULL,
    PRIMARY KEY (group_id, field)
);

CREATE TABLE sessions (
    id         uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE, -- SHA-256 of the cookie's token
    person_id  uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    address    text NOT NULL DEFAULT '',
    agent      text NOT NULL DEFAULT ''
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE tokens (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    name       text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    hint       text NOT NULL,          -- its first characters, to tell tokens apart
    scopes     text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX tokens_person ON tokens (person_id);

-- Failed attempts to sign in, by what is throttled. Keys are hashes, since people type passwords into the wrong field.
CREATE TABLE sign_in_failures (
    key          text PRIMARY KEY,
    failures     int NOT NULL,
    last_at      timestamptz NOT NULL, -- of the last attempt that was let through
    succeeded_at timestamptz           -- the last success under this key, which outlives failures
);
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_at);

-- People with the names of their groups, without what proves who they are.
CREATE VIEW known_people AS
    SELECT p.id, p.email, p.name, p.role,
           ARRAY(SELECT g.name FROM memberships m JOIN groups g ON g.id = m.group_id WHERE m.person_id = p.id ORDER BY lower(g.name)) AS groups,
           p.disabled_at, p.created_at, p.seen_at, p.password_hash IS NOT NULL AS has_password, p.temporary
    FROM people p;

-- What a person may choose, by field: {"partner": ["12", "15"]}. Null for administrators. A limited group with no value allows none.
CREATE VIEW allowed_values AS
    SELECT p.id AS person_id, CASE WHEN p.role <> 'administrator' THEN (
        SELECT coalesce(jsonb_object_agg(fields.field, fields.allowed), '{}')
        FROM (
            SELECT v.field, coalesce(jsonb_agg(DISTINCT a.value ORDER BY a.value) FILTER (WHERE a.value IS NOT NULL), '[]') AS allowed
            FROM memberships m
            JOIN value_limits v ON v.group_id = m.group_id
            LEFT JOIN LATERAL unnest(v.allowed) AS a (value) ON true
            WHERE m.person_id = p.id
            GROUP BY v.field
        ) AS fields) END AS allowed
    FROM people p;

-- Reports ----------------------------------------------------------------------------------------------------------------------

-- What the catalog as a whole is: one row.
CREATE TABLE catalog (
    single           boolean PRIMARY KEY DEFAULT true CHECK (single),
    id               uuid NOT NULL DEFAULT gen_random_uuid(), -- tells one installation's catalog from another's
    snippets_version bigint NOT NULL DEFAULT 1                -- grows with each change of a snippet
);
INSERT INTO catalog DEFAULT VALUES;

-- Folders are named by their path, as in 'sales/partners'; '' is the root, which has no row. Paths that differ in case alone are one.
CREATE TABLE folders (
    path       text PRIMARY KEY CHECK (path <> '' AND path !~ '(^/|/$|//)'),
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX folders_path ON folders (lower(path));

CREATE TABLE reports (
    id               uuid PRIMARY KEY,
    slug             text NOT NULL UNIQUE,
    folder           text NOT NULL DEFAULT '',
    title            text NOT NULL,
    description      text NOT NULL DEFAULT '',
    tags             text[] NOT NULL DEFAULT '{}',
    fields           text[] NOT NULL DEFAULT '{}', -- names and labels of the form's fields
    sources          text[] NOT NULL DEFAULT '{}',
    snippets         text[] NOT NULL DEFAULT '{}', -- also those within snippets, as of the save
    workbooks        text[] NOT NULL DEFAULT '{}', -- that exports name as template
    search           text[] NOT NULL,              -- folded title, tags, and all else that is searched
    revision         int NOT NULL,                 -- the current one
    sha256           text NOT NULL,                -- of its document, in hex
    owner_id         uuid REFERENCES people ON DELETE SET NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    updated_by       text NOT NULL,                -- email
    deleted_at       timestamptz,
    deleted_by       text,
    provisioned      text,                         -- the folder it comes from, when it is kept there and read-only here
    provisioned_path text                          -- its file in that folder
);
CREATE INDEX reports_folder ON reports (folder) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX reports_provisioned ON reports (provisioned, provisioned_path) WHERE provisioned IS NOT NULL;

-- Every slug a report ever had leads to it.
CREATE TABLE report_slugs (
    slug      text PRIMARY KEY,
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE
);

CREATE TABLE report_revisions (
    report_id  uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    number     int NOT NULL CHECK (number > 0),
    document   bytea NOT NULL,
    sha256     text NOT NULL, -- of the document, in hex
    author     text NOT NULL, -- email
    message    text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (report_id, number)
);

-- Snippets of SQL that all reports share; every save is a revision.
CREATE TABLE snippets (
    name        text PRIMARY KEY,
    revision    int NOT NULL,
    deleted_at  timestamptz,
    provisioned text
);
CREATE TABLE snippet_revisions (
    name       text NOT NULL REFERENCES snippets ON DELETE CASCADE,
    number     int NOT NULL CHECK (number > 0),
    sql        text NOT NULL,
    author     text NOT NULL,
    message    text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (name, number)
);

-- Workbooks that exports name as template, by folder and name; every save is a revision.
CREATE TABLE report_files (
    folder      text NOT NULL,
    name        text NOT NULL,
    revision    int NOT NULL,
    deleted_at  timestamptz,
    provisioned text,
    PRIMARY KEY (folder, name)
);
CREATE TABLE report_file_revisions (
    folder     text NOT NULL,
    name       text NOT NULL,
    number     int NOT NULL CHECK (number > 0),
    content    bytea NOT NULL,
    sha256     text NOT NULL,
    author     text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (folder, name, number),
    FOREIGN KEY (folder, name) REFERENCES report_files ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE favourites (
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    report_id uuid NOT NULL REFERENCES reports ON DELETE CASCADE,
    PRIMARY KEY (person_id, report_id)
);

-- A right on a report, or on a folder with all below it, given to a person, a group or everyone who signs in.
CREATE TABLE grants (
    id         uuid PRIMARY KEY,
    person_id  uuid REFERENCES people ON DELETE CASCADE,
    group_id   uuid REFERENCES groups ON DELETE CASCADE,
    report_id  uuid REFERENCES reports ON DELETE CASCADE,
    folder     text,
    level      text NOT NULL CHECK (level IN ('run', 'view_sql', 'edit')),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (person_id IS NULL OR group_id IS NULL),          -- neither: everyone
    CHECK ((report_id IS NULL) <> (folder IS NULL))
);
CREATE UNIQUE INDEX grants_once ON grants (person_id, group_id, report_id, folder) NULLS NOT DISTINCT;
CREATE INDEX grants_report ON grants (report_id);

CREATE TABLE source_grants (
    id         uuid PRIMARY KEY,
    person_id  uuid REFERENCES people ON DELETE CASCADE,
    group_id   uuid REFERENCES groups ON DELETE CASCADE,
    source     text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (person_id IS NULL OR group_id IS NULL)
);
CREATE UNIQUE INDEX source_grants_once ON source_grants (person_id, group_id, source) NULLS NOT DISTINCT;

-- The functions below are the one place that knows levels: 0 none, 1 run, 2 view_sql, 3 edit.

-- +goose StatementBegin
-- level_cap is the highest level a role can reach: members never edit.
CREATE FUNCTION level_cap(role text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE role WHEN 'member' THEN 2 ELSE 3 END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- folder_holds tells whether the path is the folder or below it.
CREATE FUNCTION folder_holds(folder text, path text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT folder = '' OR folder = path OR starts_with(path, folder || '/')
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- folders_above are the folder itself and all that hold it: those with which folder_holds is true.
CREATE FUNCTION folders_above(path text) RETURNS SETOF text LANGUAGE sql IMMUTABLE ROWS 3 AS $$
    SELECT array_to_string((string_to_array(path, '/'))[1:depth], '/') FROM generate_series(0, cardinality(string_to_array(path, '/'))) AS depth
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- grants_of are the grants that reach a person, also through groups and everyone; none when disabled.
CREATE FUNCTION grants_of(who uuid) RETURNS TABLE (id uuid, report_id uuid, folder text, level int) LANGUAGE sql STABLE AS $$
    SELECT g.id, g.report_id, g.folder,
           least(CASE g.level WHEN 'edit' THEN 3 WHEN 'view_sql' THEN 2 ELSE 1 END, level_cap(p.role))
    FROM people p
    JOIN grants g
      ON g.person_id = who
      OR g.group_id IN (SELECT m.group_id FROM memberships m WHERE m.person_id = who)
      OR (g.person_id IS NULL AND g.group_id IS NULL)
    WHERE p.id = who AND p.disabled_at IS NULL
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- report_levels tells the highest level a person has on each report; no row is none. Administrators may edit all, analysts what
-- they own.
CREATE FUNCTION report_levels(who uuid) RETURNS TABLE (report_id uuid, level int) LANGUAGE sql STABLE AS $$
    SELECT reached.report_id, max(reached.level)
    FROM (
        SELECT r.id AS report_id, 3 AS level
        FROM people p
        JOIN reports r ON p.role = 'administrator' OR (p.role = 'analyst' AND r.owner_id = p.id)
        WHERE p.id = who AND p.disabled_at IS NULL
        UNION ALL
        SELECT g.report_id, g.level FROM grants_of(who) g WHERE g.report_id IS NOT NULL
        UNION ALL
        SELECT r.id, g.level
        FROM reports r
        CROSS JOIN LATERAL folders_above(r.folder) AS above (folder)
        JOIN grants_of(who) g ON g.folder = above.folder
    ) AS reached
    JOIN reports kept ON kept.id = reached.report_id
    GROUP BY reached.report_id, kept.deleted_at
    HAVING kept.deleted_at IS NULL OR max(reached.level) = 3 -- a deleted report is there for those alone who may bring it back
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- folder_level tells the highest level a person has on all that is in a folder or ever will be.
CREATE FUNCTION folder_level(who uuid, path text) RETURNS int LANGUAGE sql STABLE AS $$
    SELECT greatest(
        (SELECT 3 FROM people p WHERE p.id = who AND p.role = 'administrator' AND p.disabled_at IS NULL),
        (SELECT max(g.level) FROM grants_of(who) g WHERE folder_holds(g.folder, path)),
        0)
$$;
-- +goose StatementEnd

-- Sources, secrets, audit ------------------------------------------------------------------------------------------------------

CREATE TABLE sources (
    name       text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]*$'),
    driver     text NOT NULL,
    dsn_sealed bytea,                     -- encrypted; see keysets
    database   text NOT NULL DEFAULT '',
    limits     jsonb NOT NULL DEFAULT '{}',
    version    int NOT NULL DEFAULT 1,    -- grows with each change, so that processes open it anew
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL
);

-- Tink keysets, encrypted with the master key, which is never here.
CREATE TABLE keysets (
    name    text PRIMARY KEY,
    blob    bytea NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE audit (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    person_id   uuid,                      -- no reference: the record outlives the person
    person      text NOT NULL,             -- email, or what acted: 'command line', 'scheduler'
    via         text NOT NULL CHECK (via IN ('session', 'token', 'link', 'command', 'system')),
    address     text NOT NULL DEFAULT '',
    action      text NOT NULL,             -- as in 'report.saved'
    object_kind text NOT NULL DEFAULT '',
    object_id   text NOT NULL DEFAULT '',
    object_name text NOT NULL DEFAULT '',
    details     jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id, id);
CREATE INDEX audit_object ON audit (object_kind, object_id, id);

-- +goose StatementBegin
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log cannot be changed';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- Runs -------------------------------------------------------------------------------------------------------------------------

CREATE TABLE runs (
    id               uuid PRIMARY KEY,
    report_id        uuid NOT NULL REFERENCES reports,
    slug             text NOT NULL,
    title            text NOT NULL,
    revision         int NOT NULL,
    document         text NOT NULL,               -- SHA-256 of the revision's document
    person_id        uuid REFERENCES people ON DELETE SET NULL,
    person           text NOT NULL,               -- email
    via              text NOT NULL CHECK (via IN ('session', 'token', 'command', 'system')),
    format           text NOT NULL DEFAULT '',
    values           json NOT NULL,               -- resolved; json, unlike jsonb, keeps every text
    values_sha256    bytea NOT NULL,              -- of report, document, format, values and what else decides the result
    allowed          json NOT NULL DEFAULT '{}',  -- value limits it was made under
    timezone         text NOT NULL,
    sources          text[] NOT NULL,
    status           text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    attempt          int NOT NULL DEFAULT 0,
    lost             int NOT NULL DEFAULT 0,      -- attempts whose process went away
    worker           uuid,                        -- of the process that runs it
    lease_until      timestamptz,                 -- it is another's when this has passed
    cancel_requested timestamptz,
    cancelled_by     text,
    queued_at        timestamptz NOT NULL,
    started_at       timestamptz,
    finished_at      timestamptz,
    progress         json,
    error_code       text NOT NULL DEFAULT '',
    error            text NOT NULL DEFAULT '',
    notes            text[] NOT NULL DEFAULT '{}',
    text             text NOT NULL DEFAULT '',
    cells            json NOT NULL DEFAULT '[]',
    charts           json NOT NULL DEFAULT '[]',
    kept_from        uuid REFERENCES runs,        -- the run whose result this one shows
    files_expire_at  timestamptz,
    files_removed_at timestamptz
);
CREATE INDEX runs_queued ON runs (queued_at) WHERE status = 'queued';
CREATE INDEX runs_running ON runs (lease_until) WHERE status = 'running';
CREATE INDEX runs_person ON runs (person_id, queued_at DESC);
CREATE INDEX runs_started ON runs (person, started_at DESC) WHERE started_at IS NOT NULL;
CREATE INDEX runs_report ON runs (report_id, queued_at DESC);
CREATE INDEX runs_recent ON runs (queued_at DESC);
CREATE INDEX runs_kept ON runs (values_sha256, finished_at DESC) WHERE status = 'succeeded' AND kept_from IS NULL;
CREATE INDEX runs_expiring ON runs (files_expire_at) WHERE files_removed_at IS NULL;
CREATE INDEX runs_showing ON runs (kept_from) WHERE kept_from IS NOT NULL;

CREATE TABLE artifacts (
    id     uuid PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    number int NOT NULL,           -- the place among the run's files
    name   text NOT NULL,          -- as the person sees it
    format text NOT NULL,
    key    text NOT NULL UNIQUE,   -- in the artifact store
    rows   bigint NOT NULL,
    bytes  bigint NOT NULL,
    sha256 text NOT NULL,
    UNIQUE (run_id, number)
);

CREATE TABLE links (
    id          uuid PRIMARY KEY,
    artifact_id uuid NOT NULL REFERENCES artifacts ON DELETE CASCADE,
    run_id      uuid NOT NULL REFERENCES runs ON DELETE CASCADE, -- the run it was made from; may show a kept result
    person_id   uuid NOT NULL REFERENCES people ON DELETE CASCADE, -- who made it and whose rights it needs
    anyone      boolean NOT NULL,  -- opens without signing in
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    revoked_by  text,
    opened      int NOT NULL DEFAULT 0,
    opened_at   timestamptz
);
CREATE INDEX links_run ON links (run_id);
CREATE INDEX links_artifact ON links (artifact_id);

CREATE TABLE idempotency_keys (
    person_id  uuid NOT NULL REFERENCES people ON DELETE CASCADE,
    key        text NOT NULL,
    request    bytea NOT NULL, -- SHA-256 of the request's body
    run_id     uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, key)
);

-- Processes that share the work, for the system page.
CREATE TABLE processes (
    id         uuid PRIMARY KEY,
    host       text NOT NULL,
    pid        int NOT NULL,
    roles      text[] NOT NULL,
    version    text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL
);
