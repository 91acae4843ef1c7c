-- name: drafts
SELECT d.id::text, d.person_id::text, coalesce(d.report_id::text, ''), coalesce(r.slug, ''), d.title, d.base, d.folder, d.version, NULL::bytea,
       d.created_at, d.updated_at
FROM drafts_of($1) d
LEFT JOIN reports r ON r.id = d.report_id
WHERE $2::uuid IS NULL OR d.report_id = $2
ORDER BY d.updated_at DESC, d.id DESC

-- name: draft
SELECT d.id::text, d.person_id::text, coalesce(d.report_id::text, ''), coalesce(r.slug, ''), d.title, d.base, d.folder, d.version, d.document,
       d.created_at, d.updated_at
FROM drafts_of($1) d
LEFT JOIN reports r ON r.id = d.report_id
WHERE d.id = $2

-- name: lock_writer
-- Of two drafts that a person begins at once, one waits for the other, so that they are counted.
SELECT id FROM people WHERE id = $1 FOR NO KEY UPDATE

-- name: draft_of_report
SELECT version, updated_at FROM drafts WHERE person_id = $1 AND report_id = $2

-- name: count_drafts
SELECT count(*) FROM drafts_of($1)

-- name: add_draft
INSERT INTO drafts (id, person_id, report_id, title, base, folder, document, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)

-- name: change_draft
-- What it returns is of this change, whatever another window keeps right behind it.
WITH changed AS (
  UPDATE drafts
  SET title = $4, base = coalesce($5::int, base), folder = coalesce($6::text, folder), document = $7, updated_at = $8, version = version + 1
  WHERE id = $2 AND version = $3 AND id IN (SELECT d.id FROM drafts_of($1) d)
  RETURNING *
)
SELECT d.id::text, d.person_id::text, coalesce(d.report_id::text, ''), coalesce(r.slug, ''), d.title, d.base, d.folder, d.version, d.document,
       d.created_at, d.updated_at
FROM changed d
LEFT JOIN reports r ON r.id = d.report_id

-- name: delete_draft
DELETE FROM drafts WHERE id = $2 AND id IN (SELECT d.id FROM drafts_of($1) d)
