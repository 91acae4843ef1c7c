-- name: report_level
SELECT level FROM report_levels($1) WHERE report_id = $2

-- name: folder_level
SELECT folder_level($1, $2)

-- name: grant
SELECT g.id, coalesce(g.person_id::text, ''), coalesce(g.group_id::text, ''), coalesce(p.email, o.name, ''),
       coalesce(g.report_id::text, ''), coalesce(t.title, ''), coalesce(g.folder, ''), g.level, g.created_by, g.created_at
FROM grants g
LEFT JOIN reports t ON t.id = g.report_id
LEFT JOIN people p ON p.id = g.person_id
LEFT JOIN groups o ON o.id = g.group_id
WHERE g.id = $1

-- name: grants_on_report
SELECT g.id, coalesce(g.person_id::text, ''), coalesce(g.group_id::text, ''), coalesce(p.email, o.name, ''),
       coalesce(g.report_id::text, ''), coalesce(t.title, ''), coalesce(g.folder, ''), g.level, g.created_by, g.created_at
FROM reports r
JOIN grants g ON g.report_id = r.id OR folder_holds(g.folder, r.folder)
LEFT JOIN reports t ON t.id = g.report_id
LEFT JOIN people p ON p.id = g.person_id
LEFT JOIN groups o ON o.id = g.group_id
WHERE r.id = $1
ORDER BY g.report_id IS NULL, g.folder DESC, coalesce(p.email, o.name, ''), g.id

-- name: grants_on_folder
SELECT g.id, coalesce(g.person_id::text, ''), coalesce(g.group_id::text, ''), coalesce(p.email, o.name, ''),
       coalesce(g.report_id::text, ''), coalesce(t.title, ''), coalesce(g.folder, ''), g.level, g.created_by, g.created_at
FROM grants g
LEFT JOIN reports t ON t.id = g.report_id
LEFT JOIN people p ON p.id = g.person_id
LEFT JOIN groups o ON o.id = g.group_id
WHERE g.folder IS NOT NULL AND folder_holds(g.folder, $1)
ORDER BY g.folder DESC, coalesce(p.email, o.name, ''), g.id

-- name: grants_of_person
SELECT g.id, coalesce(g.person_id::text, ''), coalesce(g.group_id::text, ''), coalesce(p.email, o.name, ''),
       coalesce(g.report_id::text, ''), coalesce(t.title, ''), coalesce(g.folder, ''), g.level, g.created_by, g.created_at
FROM grants g
LEFT JOIN reports t ON t.id = g.report_id
LEFT JOIN people p ON p.id = g.person_id
LEFT JOIN groups o ON o.id = g.group_id
WHERE g.person_id = $1
   OR g.group_id IN (SELECT m.group_id FROM memberships m WHERE m.person_id = $1)
   OR (g.person_id IS NULL AND g.group_id IS NULL)
ORDER BY g.folder, g.report_id, g.id

-- name: put_grant
INSERT INTO grants (id, person_id, group_id, report_id, folder, level, created_by, created_at)
VALUES ($1, nullif($2, '')::uuid, nullif($3, '')::uuid, nullif($4, '')::uuid, CASE WHEN $4 = '' THEN $5 END, $6, $7, $8)
ON CONFLICT (person_id, group_id, report_id, folder) DO UPDATE
SET level = excluded.level, created_by = excluded.created_by, created_at = excluded.created_at
RETURNING id, coalesce((SELECT title FROM reports r WHERE r.id = grants.report_id), '')

-- name: remove_grant
DELETE FROM grants WHERE id = $1

-- name: may_source
SELECT EXISTS (
    SELECT FROM people p
    WHERE p.id = $1 AND p.disabled_at IS NULL
      AND (p.role = 'administrator'
           OR p.role = 'analyst' AND EXISTS (
               SELECT FROM source_grants g
               WHERE g.source = $2
                 AND (g.person_id = p.id
                      OR g.group_id IN (SELECT m.group_id FROM memberships m WHERE m.person_id = p.id)
                      OR (g.person_id IS NULL AND g.group_id IS NULL)))))

-- name: source_grants
SELECT g.id, coalesce(g.person_id::text, ''), coalesce(g.group_id::text, ''), coalesce(p.email, o.name, ''),
       g.source, g.created_by, g.created_at
FROM source_grants g
LEFT JOIN people p ON p.id = g.person_id
LEFT JOIN groups o ON o.id = g.group_id
WHERE ($1::text = '' OR g.source = $1)
  AND ($2::text = '' OR g.id = nullif($2, '')::uuid)
ORDER BY g.source, coalesce(p.email, o.name, ''), g.id

-- name: put_source_grant
INSERT INTO source_grants (id, person_id, group_id, source, created_by, created_at)
VALUES ($1, nullif($2, '')::uuid, nullif($3, '')::uuid, $4, $5, $6)
ON CONFLICT (person_id, group_id, source) DO UPDATE SET source = excluded.source
RETURNING id

-- name: remove_source_grant
DELETE FROM source_grants WHERE id = $1

-- name: limited_fields
SELECT DISTINCT field FROM value_limits ORDER BY field
