-- name: create_session
WITH begun AS (
  INSERT INTO sessions (id, token_hash, person_id, created_at, seen_at, expires_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
  RETURNING person_id, created_at
)
UPDATE people p SET seen_at = greatest(p.seen_at, begun.created_at) FROM begun WHERE p.id = begun.person_id

-- name: actor_by_session
SELECT p.id, p.email, p.name, p.role, p.groups, p.disabled_at, p.created_at, p.seen_at, p.has_password, p.temporary, a.allowed, s.id, s.seen_at
FROM sessions s
JOIN known_people p ON p.id = s.person_id
JOIN allowed_values a ON a.person_id = s.person_id
WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3 AND p.disabled_at IS NULL

-- name: session_seen
WITH seen AS (UPDATE sessions SET seen_at = greatest(seen_at, $2) WHERE id = $1 RETURNING person_id)
UPDATE people p SET seen_at = greatest(p.seen_at, $2) FROM seen WHERE p.id = seen.person_id

-- name: sessions
SELECT id, person_id, created_at, seen_at, expires_at, address, agent
FROM sessions
WHERE person_id = $1 AND expires_at > $2 AND seen_at > $3
ORDER BY seen_at DESC, id

-- name: end_session
DELETE FROM sessions WHERE person_id = $1 AND id = $2

-- name: end_sessions
DELETE FROM sessions WHERE person_id = $1 AND ($2::uuid IS NULL OR id <> $2)

-- name: sweep_sessions
DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2

-- name: failures_made
INSERT INTO sign_in_failures (key, failures, last_at) SELECT unnest($1::text[]), 0, $2 ON CONFLICT DO NOTHING

-- name: failures_locked
SELECT key, failures, last_at, succeeded_at FROM sign_in_failures WHERE key = ANY ($1) ORDER BY key FOR UPDATE

-- name: failures_set
UPDATE sign_in_failures f
SET failures = n.failures, last_at = $3
FROM unnest($1::text[], $2::int[]) AS n (key, failures)
WHERE f.key = n.key

-- name: failures_forgotten
UPDATE sign_in_failures SET failures = 0, succeeded_at = $2 WHERE key = ANY ($1)

-- name: failure_taken_back
UPDATE sign_in_failures SET failures = greatest(failures - 1, 0) WHERE key = ANY ($1)

-- name: sweep_failures
DELETE FROM sign_in_failures WHERE last_at < $1 AND (succeeded_at IS NULL OR succeeded_at < $2)
