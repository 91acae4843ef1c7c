-- name: create_token
INSERT INTO tokens (id, person_id, name, token_hash, hint, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: actor_by_token
SELECT p.id, p.email, p.name, p.role, p.groups, p.disabled_at, p.created_at, p.seen_at, p.has_password, p.temporary, a.allowed, t.id, t.scopes,
       coalesce(t.used_at, '-infinity') < $3
FROM tokens t
JOIN known_people p ON p.id = t.person_id
JOIN allowed_values a ON a.person_id = t.person_id
WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2) AND p.disabled_at IS NULL

-- name: token_used
UPDATE tokens SET used_at = greatest(used_at, $2) WHERE id = $1

-- name: tokens
SELECT t.id, t.person_id, p.email, t.name, t.hint, t.scopes, t.created_at, t.expires_at, t.used_at, t.revoked_at
FROM tokens t
JOIN people p ON p.id = t.person_id
WHERE $1::text = '' OR t.person_id = nullif($1, '')::uuid
ORDER BY t.created_at DESC, t.id

-- name: token
SELECT t.id, t.person_id, p.email, t.name, t.hint, t.scopes, t.created_at, t.expires_at, t.used_at, t.revoked_at
FROM tokens t
JOIN people p ON p.id = t.person_id
WHERE t.id = $1

-- name: revoke_token
UPDATE tokens SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1

-- name: revoke_tokens
UPDATE tokens SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL
