-- name: snippets_version
SELECT snippets_version FROM catalog

-- name: touch_snippets
UPDATE catalog SET snippets_version = snippets_version + 1

-- name: snippets
SELECT s.name, r.sql, r.number, r.author, r.message, r.created_at, s.deleted_at, coalesce(s.provisioned, '')
FROM snippets s JOIN snippet_revisions r ON r.name = s.name AND r.number = s.revision
WHERE (s.deleted_at IS NOT NULL) = $1::boolean
ORDER BY s.name

-- name: snippet
SELECT s.name, r.sql, r.number, r.author, r.message, r.created_at, s.deleted_at, coalesce(s.provisioned, '')
FROM snippets s JOIN snippet_revisions r ON r.name = s.name AND r.number = CASE WHEN $2::int = 0 THEN s.revision ELSE $2 END
WHERE s.name = $1

-- name: snippet_revisions
SELECT s.name, '', r.number, r.author, r.message, r.created_at, s.deleted_at, coalesce(s.provisioned, '')
FROM snippets s JOIN snippet_revisions r ON r.name = s.name
WHERE s.name = $1
ORDER BY r.number DESC

-- name: lock_snippet
SELECT s.revision, s.deleted_at IS NOT NULL, r.author, r.created_at
FROM snippets s JOIN snippet_revisions r ON r.name = s.name AND r.number = s.revision
WHERE s.name = $1
FOR UPDATE OF s

-- name: put_snippet
INSERT INTO snippets (name, revision, provisioned) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET revision = $2, deleted_at = NULL, provisioned = $3

-- name: add_snippet_revision
INSERT INTO snippet_revisions (name, number, sql, author, message, created_at) VALUES ($1, $2, $3, $4, $5, $6)

-- name: delete_snippet
UPDATE snippets SET deleted_at = $2 WHERE name = $1

-- name: report_files
SELECT f.folder, f.name, r.number, NULL::bytea, length(r.content), r.sha256, r.author, r.created_at, coalesce(f.provisioned, '')
FROM report_files f JOIN report_file_revisions r ON r.folder = f.folder AND r.name = f.name AND r.number = f.revision
WHERE (f.deleted_at IS NOT NULL) = $2::boolean AND ($1::text IS NULL OR f.folder = $1)
ORDER BY f.folder, f.name

-- name: report_file
SELECT f.folder, f.name, r.number, r.content, length(r.content), r.sha256, r.author, r.created_at, coalesce(f.provisioned, '')
FROM report_files f JOIN report_file_revisions r ON r.folder = f.folder AND r.name = f.name AND r.number = f.revision
WHERE f.deleted_at IS NULL AND f.folder = $1 AND f.name = $2

-- name: lock_report_file_name
-- Of two that make the same workbook at once, one waits for the other.
SELECT pg_advisory_xact_lock(hashtext('vitrina workbook ' || $1::text || '/' || $2::text))

-- name: lock_report_file
SELECT f.revision, f.deleted_at IS NOT NULL, r.author, r.created_at
FROM report_files f JOIN report_file_revisions r ON r.folder = f.folder AND r.name = f.name AND r.number = f.revision
WHERE f.folder = $1 AND f.name = $2
FOR UPDATE OF f

-- name: put_report_file
INSERT INTO report_files (folder, name, revision, provisioned) VALUES ($1, $2, $3, $4)
ON CONFLICT (folder, name) DO UPDATE SET revision = $3, deleted_at = NULL, provisioned = $4

-- name: add_report_file_revision
INSERT INTO report_file_revisions (folder, name, number, content, sha256, author, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: delete_report_file
UPDATE report_files SET deleted_at = $3 WHERE folder = $1 AND name = $2
