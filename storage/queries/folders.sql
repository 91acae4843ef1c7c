-- name: hold_folders
SELECT pg_advisory_xact_lock_shared(hashtext('vitrina folders'))

-- name: lock_folders
SELECT pg_advisory_xact_lock(hashtext('vitrina folders'))

-- name: add_folders
INSERT INTO folders (path, created_at) SELECT p, $2 FROM unnest($1::text[]) p ON CONFLICT DO NOTHING

-- name: folder_clashes
SELECT f.path FROM folders f JOIN unnest($1::text[]) p ON lower(p) = lower(f.path) AND p <> f.path ORDER BY f.path LIMIT 1

-- name: folder_exists
SELECT EXISTS (SELECT FROM folders WHERE path = $1)

-- name: folders
WITH counted AS (
    SELECT r.folder, count(*) AS n
    FROM reports r
    LEFT JOIN report_levels($1::uuid) l ON l.report_id = r.id
    WHERE r.deleted_at IS NULL AND ($2::boolean OR l.level IS NOT NULL)
    GROUP BY r.folder
)
SELECT p.path, coalesce(sum(c.n) FILTER (WHERE c.folder = p.path), 0)::int, coalesce(sum(c.n), 0)::int
FROM (SELECT path FROM folders UNION ALL SELECT '') p
LEFT JOIN counted c ON folder_holds(p.path, c.folder)
GROUP BY p.path
HAVING $3::boolean OR p.path = '' OR sum(c.n) > 0
ORDER BY p.path

-- name: folder_taken
SELECT EXISTS (SELECT FROM folders WHERE folder_holds(lower($1), lower(path)) AND NOT folder_holds($2, path))
    OR EXISTS (SELECT FROM reports WHERE deleted_at IS NULL AND folder_holds($1, folder) AND NOT folder_holds($2, folder))
    OR EXISTS (SELECT FROM report_files WHERE folder_holds($1, folder) AND NOT folder_holds($2, folder))
    OR EXISTS (SELECT FROM grants WHERE folder_holds($1, folder) AND NOT folder_holds($2, folder))

-- name: rename_folders
UPDATE folders SET path = $2 || substr(path, length($1) + 1) WHERE folder_holds($1, path)

-- name: rename_report_folders
UPDATE reports SET folder = $2 || substr(folder, length($1) + 1) WHERE folder_holds($1, folder)

-- name: rename_file_folders
UPDATE report_files SET folder = $2 || substr(folder, length($1) + 1) WHERE folder_holds($1, folder)

-- name: rename_grant_folders
UPDATE grants SET folder = $2 || substr(folder, length($1) + 1) WHERE folder IS NOT NULL AND folder_holds($1, folder)

-- name: folder_contents
SELECT (SELECT count(*) FROM reports WHERE deleted_at IS NULL AND folder_holds($1, folder))::int,
       (SELECT count(*) FROM report_files WHERE deleted_at IS NULL AND folder_holds($1, folder))::int,
       (SELECT count(*) FROM folders WHERE path <> $1 AND folder_holds($1, path))::int,
       (SELECT count(*) FROM grants WHERE folder IS NOT NULL AND folder_holds($1, folder))::int

-- name: delete_folder
DELETE FROM folders WHERE path = $1

-- name: delete_folder_grants
DELETE FROM grants WHERE folder IS NOT NULL AND folder_holds($1, folder)
