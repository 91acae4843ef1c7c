-- name: groups
SELECT g.id, g.name, (SELECT count(*) FROM memberships m WHERE m.group_id = g.id),
       coalesce((SELECT jsonb_object_agg(v.field, v.allowed) FROM value_limits v WHERE v.group_id = g.id), '{}')
FROM groups g
WHERE $1::text = '' OR g.id = nullif($1, '')::uuid
ORDER BY lower(g.name)

-- name: create_group
INSERT INTO groups (id, name, created_at) VALUES ($1, $2, $3)

-- name: rename_group
UPDATE groups SET name = $2 WHERE id = $1

-- name: remove_group
DELETE FROM groups WHERE id = $1

-- name: members
SELECT p.id, p.email, p.name, p.role, p.groups, p.disabled_at, p.created_at, p.seen_at, p.has_password, p.temporary
FROM memberships m JOIN known_people p ON p.id = m.person_id
WHERE m.group_id = $1
ORDER BY lower(p.email)

-- name: add_member
INSERT INTO memberships (group_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: remove_member
DELETE FROM memberships WHERE group_id = $1 AND person_id = $2

-- name: join_groups_called
INSERT INTO memberships (group_id, person_id) SELECT g.id, $1 FROM groups g WHERE g.name = ANY ($2) ON CONFLICT DO NOTHING

-- name: leave_groups_but
DELETE FROM memberships m USING groups g WHERE m.group_id = g.id AND m.person_id = $1 AND g.name <> ALL ($2)

-- name: clear_limits
DELETE FROM value_limits WHERE group_id = $1

-- name: set_limit
INSERT INTO value_limits (group_id, field, allowed) VALUES ($1, $2, $3)

-- name: lock_group
SELECT id FROM groups WHERE id = $1 FOR UPDATE
