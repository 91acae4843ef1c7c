-- name: run_kept
SELECT r.id FROM runs r
WHERE r.values_sha256 = $1 AND r.status = 'succeeded' AND r.kept_from IS NULL AND r.finished_at >= $2
  AND r.files_removed_at IS NULL AND (r.files_expire_at IS NULL OR r.files_expire_at > $3)
ORDER BY r.finished_at DESC
LIMIT 1

-- name: run_queue_length
SELECT count(*) FROM runs WHERE status = 'queued' AND person_id = $1

-- name: insert_run
INSERT INTO runs (id, report_id, slug, title, revision, document, person_id, person, via, format, values, values_sha256, allowed, timezone, sources, queued_at, status)
VALUES ($1, $2, $3, $4, $5, $6, nullif($7, '')::uuid, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'queued')

-- name: answer_run
UPDATE runs r
SET status = 'succeeded', kept_from = k.id, started_at = $3, finished_at = $3, notes = k.notes, text = k.text, cells = k.cells, charts = k.charts, parts = k.parts,
    files_expire_at = k.files_expire_at
FROM runs k
WHERE r.id = $1 AND k.id = $2

-- name: insert_run_key
INSERT INTO idempotency_keys (person_id, key, request, run_id, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING

-- name: run_key
SELECT run_id, request FROM idempotency_keys WHERE person_id = $1 AND key = $2

-- name: run
SELECT r.*, k.finished_at AS computed
FROM runs r
LEFT JOIN runs k ON k.id = r.kept_from
WHERE r.id = $1

-- name: runs
SELECT r.id, r.report_id, r.slug, r.title, r.revision, r.document, r.person_id, r.person, r.via, r.format,
       CASE WHEN octet_length(r.values::text) <= 16384 THEN r.values ELSE '{}' END AS values, r.allowed, r.timezone, r.sources, r.status, r.attempt,
       r.cancel_requested, r.cancelled_by, r.queued_at, r.started_at, r.finished_at, r.progress, r.error_code, r.error, r.notes, r.kept_from,
       r.files_expire_at, r.files_removed_at, k.finished_at AS computed
FROM runs r
LEFT JOIN runs k ON k.id = r.kept_from
WHERE ($1::text = '' OR r.person_id = nullif($1, '')::uuid
       OR r.report_id IN (SELECT l.report_id FROM report_levels(nullif($1, '')::uuid) l WHERE l.level >= 3))
  AND ($2::text = '' OR r.report_id = nullif($2, '')::uuid)
  AND ($3::text = '' OR r.person_id = nullif($3, '')::uuid)
  AND ($4::text = '' OR r.status = $4)
  AND ($5::timestamptz IS NULL OR r.queued_at >= $5)
  AND ($6::timestamptz IS NULL OR (r.queued_at, r.id) < ($6, nullif($7::text, '')::uuid))
ORDER BY r.queued_at DESC, r.id DESC
LIMIT $8

-- name: cancel_run
UPDATE runs r
SET status = CASE r.status WHEN 'queued' THEN 'cancelled' ELSE r.status END,
    finished_at = CASE r.status WHEN 'queued' THEN $3::timestamptz END,
    error_code = CASE r.status WHEN 'queued' THEN 'cancelled' ELSE '' END,
    error = CASE r.status WHEN 'queued' THEN $4 ELSE '' END,
    cancel_requested = coalesce(r.cancel_requested, $3), cancelled_by = coalesce(r.cancelled_by, $2)
WHERE r.id = $1 AND r.status IN ('queued', 'running')
RETURNING r.status, pg_notify('vitrina_runs', json_build_object('run', r.id, 'status', r.status, 'attempt', r.attempt,
    'cancel', CASE r.status WHEN 'running' THEN r.cancelled_by ELSE '' END)::text)::text

-- name: run_progress
WITH busy AS (
    SELECT person, count(*) AS runs FROM runs WHERE status = 'running' GROUP BY person
), turns AS (
    SELECT id, person, queued_at, row_number() OVER (PARTITION BY person ORDER BY queued_at, id) AS turn FROM runs WHERE status = 'queued'
), line AS (
    SELECT t.id, row_number() OVER (ORDER BY t.turn + coalesce(b.runs, 0), t.queued_at, t.id) - 1 AS ahead
    FROM turns t
    LEFT JOIN busy b USING (person)
)
SELECT r.id, r.status, r.attempt, r.progress, coalesce(l.ahead, 0) AS ahead
FROM runs r
LEFT JOIN line l ON l.id = r.id
WHERE r.id = ANY ($1::uuid[])

-- name: run_files
SELECT a.id, a.run_id, a.number, a.name, a.format, a.key, a.rows, a.bytes, a.sha256, r.id AS shown_by
FROM runs r
JOIN artifacts a ON a.run_id = coalesce(r.kept_from, r.id)
WHERE r.id = ANY ($1::uuid[])
ORDER BY a.number

-- name: expire_runs
WITH due AS (
    SELECT id FROM runs WHERE files_expire_at <= $1 AND files_removed_at IS NULL AND kept_from IS NULL ORDER BY files_expire_at LIMIT $2
)
UPDATE runs r SET files_removed_at = $1
FROM due
WHERE r.files_removed_at IS NULL AND (r.id = due.id OR r.kept_from = due.id)
RETURNING due.id

-- name: known_files
SELECT r.id, r.attempt, r.status, r.files_removed_at IS NOT NULL AS removed, r.cells,
       ARRAY (SELECT a.key FROM artifacts a WHERE a.run_id = r.id) AS keys
FROM runs r
WHERE r.id = ANY ($1::uuid[])

-- name: forget_run_keys
DELETE FROM idempotency_keys WHERE created_at < $1

-- name: forget_processes
DELETE FROM processes WHERE seen_at < $1
