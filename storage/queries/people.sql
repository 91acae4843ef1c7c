-- name: person
SELECT id, email, name, role, groups, disabled_at, created_at, seen_at, has_password, temporary FROM known_people WHERE id = $1

-- name: person_by_email
SELECT id, email, name, role, groups, disabled_at, created_at, seen_at, has_password, temporary FROM known_people WHERE lower(email) = lower($1)

-- name: person_by_subject
SELECT id, email, name, role, groups, disabled_at, created_at, seen_at, has_password, temporary
FROM known_people WHERE id = (SELECT id FROM people WHERE oidc_subject = $1)

-- name: people
SELECT id, email, name, role, groups, disabled_at, created_at, seen_at, has_password, temporary
FROM known_people p
WHERE ($1::text = '' OR strpos(lower(email || ' ' || name), lower($1)) > 0)
  AND ($2::text = '' OR role = $2)
  AND ($3::text = '' OR EXISTS (SELECT FROM memberships m WHERE m.person_id = p.id AND m.group_id = nullif($3, '')::uuid))
  AND ($4::text = '' OR (disabled_at IS NULL) = ($4 = 'enabled'))
  AND ($5::text = '' OR (lower(email), id) > ($5, nullif($6::text, '')::uuid))
ORDER BY lower(email), id
LIMIT $7

-- name: actor
SELECT p.id, p.email, p.name, p.role, p.groups, p.disabled_at, p.created_at, p.seen_at, p.has_password, p.temporary, a.allowed
FROM known_people p
JOIN allowed_values a ON a.person_id = p.id
WHERE p.id = $1 AND p.disabled_at IS NULL

-- name: credentials
SELECT id, email, coalesce(password_hash, ''), disabled_at IS NOT NULL FROM people WHERE lower(email) = lower($1)

-- name: count_people
SELECT count(*) FROM people

-- name: lock_first_person
SELECT pg_advisory_xact_lock(hashtext('vitrina first person'))

-- name: create_person
INSERT INTO people (id, email, name, role, password_hash, temporary, oidc_subject, created_at)
VALUES ($1, $2, $3, $4, nullif($5, ''), $6, nullif($7, ''), $8)

-- name: change_person
UPDATE people SET email = coalesce($2, email), name = coalesce($3, name), role = coalesce($4, role) WHERE id = $1

-- name: disable_person
UPDATE people SET disabled_at = coalesce(disabled_at, $2) WHERE id = $1

-- name: enable_person
UPDATE people SET disabled_at = NULL WHERE id = $1

-- name: remove_person
DELETE FROM people WHERE id = $1

-- name: set_password
UPDATE people SET password_hash = $2, temporary = $3 WHERE id = $1

-- name: rehash_password
UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2

-- name: set_subject
UPDATE people SET oidc_subject = $2 WHERE id = $1 AND (oidc_subject IS NULL OR oidc_subject = $2)

-- name: lock_administrators
SELECT id FROM people WHERE role = 'administrator' ORDER BY id FOR NO KEY UPDATE

-- name: has_administrator
SELECT EXISTS (SELECT FROM people WHERE role = 'administrator' AND disabled_at IS NULL)

-- name: person_seen
UPDATE people SET seen_at = greatest(seen_at, $2) WHERE id = $1

-- name: people_called
SELECT p.id, p.email,
       CASE WHEN p.name = '' THEN p.email
            WHEN EXISTS (SELECT FROM people o WHERE o.id <> p.id AND lower(o.name) = lower(p.name)) THEN p.name || ' (' || p.email || ')'
            ELSE p.name END
FROM people p
WHERE p.id = ANY ($1::uuid[]) OR lower(p.email) = ANY ($2::text[])
