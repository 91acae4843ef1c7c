-- name: lock_claims
SELECT pg_advisory_xact_lock(hashtext('vitrina claims'))

-- name: claim_run
WITH busy AS (
    SELECT person, sources FROM runs WHERE status = 'running'
), counted AS (
    SELECT person, count(*) AS runs FROM busy GROUP BY person
), taken AS (
    SELECT coalesce(array_agg(l.source), '{}') AS sources
    FROM unnest($4::text[], $5::int[]) AS l (source, runs)
    WHERE l.runs <= (SELECT count(*) FROM busy WHERE l.source = ANY (busy.sources))
), firsts AS (
    SELECT DISTINCT ON (r.person) r.id, r.person, r.queued_at, coalesce(c.runs, 0) AS runs
    FROM runs r
    LEFT JOIN counted c USING (person)
    WHERE r.status = 'queued' AND (r.person_id IS NULL OR $3 = 0 OR coalesce(c.runs, 0) < $3)
      AND NOT r.sources && (SELECT t.sources FROM taken t)
    ORDER BY r.person, r.queued_at, r.id
), fairest AS (
    SELECT f.id
    FROM firsts f
    LEFT JOIN LATERAL (
        SELECT s.started_at FROM runs s WHERE s.person = f.person AND s.started_at IS NOT NULL ORDER BY s.started_at DESC LIMIT 1
    ) latest ON true
    ORDER BY f.runs, latest.started_at NULLS FIRST, f.queued_at, f.id
    LIMIT 1
)
UPDATE runs r
SET status = 'running', attempt = r.attempt + 1, worker = $1, lease_until = now() + make_interval(secs => $2), started_at = greatest($6, r.queued_at), progress = NULL
FROM fairest
WHERE r.id = fairest.id AND r.status = 'queued'
RETURNING r.*, NULL::timestamptz AS computed

-- name: renew_runs
UPDATE runs r
SET lease_until = now() + make_interval(secs => $2), progress = coalesce(b.progress::json, r.progress)
FROM unnest($3::uuid[], $4::int[], $5::text[]) AS b (id, attempt, progress)
WHERE r.id = b.id AND r.attempt = b.attempt AND r.worker = $1 AND r.status = 'running'
RETURNING r.id, r.attempt, r.cancel_requested IS NOT NULL AS cancelled, coalesce(r.cancelled_by, '') AS cancelled_by

-- name: keep_process
INSERT INTO processes (id, host, pid, roles, version, started_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, now())
ON CONFLICT (id) DO UPDATE SET seen_at = now()

-- name: processes
SELECT id, host, pid, roles, version, started_at AS started, seen_at AS seen FROM processes ORDER BY started_at, id

-- name: finish_run
WITH done AS (
    UPDATE runs r
    SET status = $4, finished_at = $5, error_code = $6, error = $7, notes = $8, text = $9, cells = $10, charts = $11, parts = $12, title = $13,
        progress = coalesce($14::json, r.progress), files_expire_at = $15, cancelled_by = coalesce(nullif($16, ''), r.cancelled_by), lease_until = NULL
    WHERE r.id = $1 AND r.attempt = $2 AND r.worker = $3 AND r.status = 'running'
    RETURNING r.id
), files AS (
    INSERT INTO artifacts (id, run_id, number, name, format, key, rows, bytes, sha256)
    SELECT f.id, done.id, f.number, f.name, f.format, f.key, f.rows, f.bytes, f.sha256
    FROM done, unnest($17::uuid[], $18::int[], $19::text[], $20::text[], $21::text[], $22::bigint[], $23::bigint[], $24::text[])
        AS f (id, number, name, format, key, rows, bytes, sha256)
)
SELECT count(*) FROM done

-- name: has_finished_run
SELECT EXISTS (SELECT FROM runs WHERE id = $1 AND attempt = $2 AND worker = $3 AND finished_at IS NOT NULL)

-- name: return_run
UPDATE runs r
SET status = CASE WHEN r.cancel_requested IS NULL THEN 'queued' ELSE 'cancelled' END,
    finished_at = CASE WHEN r.cancel_requested IS NOT NULL THEN $4::timestamptz END,
    error_code = CASE WHEN r.cancel_requested IS NULL THEN '' ELSE 'cancelled' END,
    error = CASE WHEN r.cancel_requested IS NULL THEN '' ELSE $5 END,
    worker = NULL, lease_until = NULL, progress = NULL
WHERE r.id = $1 AND r.attempt = $2 AND r.worker = $3 AND r.status = 'running'
RETURNING r.status, pg_notify('vitrina_runs', json_build_object('run', r.id, 'status', r.status, 'attempt', r.attempt)::text)::text

-- name: recover_runs
WITH gone AS (
    SELECT id, cancel_requested IS NOT NULL AS cancelled, lost + 1 >= $1 AS hopeless
    FROM runs WHERE status = 'running' AND lease_until < now()
    FOR UPDATE SKIP LOCKED
)
UPDATE runs r
SET status = CASE WHEN gone.cancelled THEN 'cancelled' WHEN gone.hopeless THEN 'failed' ELSE 'queued' END,
    error_code = CASE WHEN gone.cancelled THEN 'cancelled' WHEN gone.hopeless THEN 'failed' ELSE '' END,
    error = CASE WHEN gone.cancelled THEN $3 WHEN gone.hopeless THEN $4 ELSE '' END,
    finished_at = CASE WHEN gone.cancelled OR gone.hopeless THEN $2::timestamptz END,
    lost = r.lost + 1, worker = NULL, lease_until = NULL, progress = NULL
FROM gone
WHERE r.id = gone.id
RETURNING r.id, pg_notify('vitrina_runs', json_build_object('run', r.id, 'status', r.status, 'attempt', r.attempt)::text)::text

-- name: missing_tokens
WITH busy AS (
    SELECT person, sources FROM runs WHERE status = 'running'
), taken AS (
    SELECT coalesce(array_agg(l.source), '{}') AS sources
    FROM unnest($2::text[], $3::int[]) AS l (source, runs)
    WHERE l.runs <= (SELECT count(*) FROM busy WHERE l.source = ANY (busy.sources))
), waiting AS (
    SELECT r.person, r.person_id IS NULL OR $1 = 0 AS unlimited, count(*) AS runs
    FROM runs r
    WHERE r.status = 'queued' AND NOT r.sources && (SELECT t.sources FROM taken t)
    GROUP BY 1, 2
), claimable AS (
    SELECT coalesce(sum(CASE WHEN w.unlimited THEN w.runs
        ELSE least(w.runs, greatest(0, $1 - (SELECT count(*) FROM busy b WHERE b.person = w.person))) END), 0) AS runs
    FROM waiting w
)
SELECT greatest(0, least($4, c.runs)
    - (SELECT count(*) FROM river_job j WHERE j.state = 'available' AND j.queue = 'runs'))::int
FROM claimable c

-- name: queue_stats
SELECT count(*)::int AS queued, min(queued_at) AS oldest FROM runs WHERE status = 'queued'

-- name: running_by_source
SELECT source, count(*)::int AS runs FROM runs, unnest(sources) AS source WHERE status = 'running' GROUP BY source

-- name: tell_events
SELECT set_config('synchronous_commit', 'off', true), count(pg_notify('vitrina_runs', e)::text) FROM unnest($1::text[]) AS e

-- name: wake_workers
SELECT set_config('synchronous_commit', 'off', true), pg_notify(current_schema() || '.river_insert', '{"queue": "runs"}')::text

-- name: listen_events
LISTEN vitrina_runs
