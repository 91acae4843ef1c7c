-- name: insert_link
INSERT INTO links (id, artifact_id, run_id, person_id, anyone, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: link
SELECT l.id, l.artifact_id, l.run_id, l.person_id, p.email AS person, l.anyone, l.created_at, l.expires_at, l.revoked_at, coalesce(l.revoked_by, '') AS revoked_by, l.opened, l.opened_at,
       a.run_id AS made_by, a.number, a.name, a.format, a.key, a.rows, a.bytes, a.sha256
FROM links l
JOIN artifacts a ON a.id = l.artifact_id
JOIN people p ON p.id = l.person_id
WHERE l.id = $1

-- name: links
SELECT l.id, l.artifact_id, l.run_id, l.person_id, p.email AS person, l.anyone, l.created_at, l.expires_at, l.revoked_at, coalesce(l.revoked_by, '') AS revoked_by, l.opened, l.opened_at
FROM links l
JOIN people p ON p.id = l.person_id
WHERE l.run_id = $1
ORDER BY l.created_at, l.id

-- name: revoke_link
UPDATE links SET revoked_at = $3, revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL

-- name: opened_link
UPDATE links SET opened = opened + 1, opened_at = $2 WHERE id = $1
