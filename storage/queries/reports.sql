-- name: catalog_identity
SELECT id::text FROM catalog

-- name: report
SELECT r.id::text, r.slug, r.folder, r.title, r.description, r.tags, r.fields, r.sources, r.snippets, r.workbooks, r.revision, r.sha256,
       coalesce(r.owner_id::text, ''), r.created_at, r.updated_at, r.updated_by, r.deleted_at, coalesce(r.deleted_by, ''),
       coalesce(r.provisioned, ''), coalesce(r.provisioned_path, ''), 0,
       EXISTS (SELECT FROM favourites f WHERE f.report_id = r.id AND f.person_id = $3::uuid)
FROM reports r
WHERE r.id = coalesce($1::uuid, (SELECT s.report_id FROM report_slugs s WHERE s.slug = $2))

-- name: provisioned_folders
SELECT provisioned FROM reports WHERE provisioned IS NOT NULL AND deleted_at IS NULL
UNION SELECT provisioned FROM snippets WHERE provisioned IS NOT NULL AND deleted_at IS NULL
UNION SELECT provisioned FROM report_files WHERE provisioned IS NOT NULL AND deleted_at IS NULL
ORDER BY provisioned

-- name: reports_provisioned
SELECT r.id::text, r.slug, r.folder, r.title, r.description, r.tags, r.fields, r.sources, r.snippets, r.workbooks, r.revision, r.sha256,
       coalesce(r.owner_id::text, ''), r.created_at, r.updated_at, r.updated_by, r.deleted_at, coalesce(r.deleted_by, ''),
       coalesce(r.provisioned, ''), coalesce(r.provisioned_path, ''), 0, false
FROM reports r
WHERE r.provisioned = $1
ORDER BY r.provisioned_path

-- name: reports
-- A search ranks titles that begin with it, titles with all its words, titles and tags with them, and the rest.
WITH found AS (
    SELECT r.*, CASE WHEN $2::boolean THEN 3 ELSE l.level END AS level,
           EXISTS (SELECT FROM favourites f WHERE f.report_id = r.id AND f.person_id = $1::uuid) AS favourite,
           CASE
               WHEN starts_with(r.search[1], array_to_string($10::text[], ' ')) THEN 0
               WHEN NOT EXISTS (SELECT FROM unnest($10::text[]) w WHERE strpos(r.search[1], w) = 0) THEN 1
               WHEN NOT EXISTS (SELECT FROM unnest($10::text[]) w WHERE strpos(r.search[1] || ' ' || r.search[2], w) = 0) THEN 2
               ELSE 3
           END AS rank
    FROM reports r
    LEFT JOIN report_levels($1::uuid) l ON l.report_id = r.id
    WHERE ($2 OR l.level IS NOT NULL)
      AND CASE WHEN $3::boolean THEN r.deleted_at IS NOT NULL AND ($2 OR l.level = 3) ELSE r.deleted_at IS NULL END
      AND ($4::text IS NULL OR r.folder = $4 OR ($5::boolean AND folder_holds($4, r.folder)))
      AND ($6::text = '' OR $6 = ANY (r.tags))
      AND ($7::text = '' OR $7 = ANY (r.sources))
      AND (NOT $8::boolean OR EXISTS (SELECT FROM favourites f WHERE f.report_id = r.id AND f.person_id = $1::uuid))
      AND ($9::text[] IS NULL OR r.snippets && $9)
      AND NOT EXISTS (SELECT FROM unnest($10::text[]) w WHERE strpos(array_to_string(r.search, E'\n'), w) = 0)
      AND ($11::text = '' OR $11 = ANY (r.workbooks))
)
SELECT r.id::text, r.slug, r.folder, r.title, r.description, r.tags, r.fields, r.sources, r.snippets, r.workbooks, r.revision, r.sha256,
       coalesce(r.owner_id::text, ''), r.created_at, r.updated_at, r.updated_by, r.deleted_at, coalesce(r.deleted_by, ''),
       coalesce(r.provisioned, ''), coalesce(r.provisioned_path, ''), r.level, r.favourite, r.rank, r.search[1]
FROM found r
WHERE $12::int < 0 OR (r.rank, r.search[1], r.id) > ($12, $13::text, $14::uuid)
ORDER BY r.rank, r.search[1], r.id
LIMIT $15

-- name: slugs_like
SELECT slug FROM report_slugs WHERE slug = $1 OR starts_with(slug, $1 || '-')

-- name: add_report
INSERT INTO reports (id, slug, folder, title, description, tags, fields, sources, snippets, workbooks, search, revision, sha256,
                     owner_id, created_at, updated_at, updated_by, provisioned, provisioned_path)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13::uuid, $14, $14, $15, $16, $17)

-- name: add_slug
INSERT INTO report_slugs (slug, report_id) VALUES ($1, $2)

-- name: add_revision
INSERT INTO report_revisions (report_id, number, document, sha256, author, message, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: lock_report
SELECT revision, updated_by, updated_at, deleted_at IS NOT NULL, folder FROM reports WHERE id = $1 FOR UPDATE

-- name: revise_report
UPDATE reports
SET title = $2, description = $3, tags = $4, fields = $5, sources = $6, snippets = $7, workbooks = $8, search = $9, revision = $10,
    sha256 = $11, updated_at = $12, updated_by = $13
WHERE id = $1

-- name: own_slug
INSERT INTO report_slugs (slug, report_id) VALUES ($2, $1)
ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug WHERE report_slugs.report_id = $1

-- name: rename_report
UPDATE reports SET slug = $2 WHERE id = $1

-- name: move_report
UPDATE reports SET folder = $2 WHERE id = $1

-- name: remove_report
UPDATE reports SET deleted_at = $2, deleted_by = $3 WHERE id = $1

-- name: revive_report
UPDATE reports SET deleted_at = NULL, deleted_by = NULL WHERE id = $1

-- name: add_favourite
INSERT INTO favourites (person_id, report_id) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: remove_favourite
DELETE FROM favourites WHERE person_id = $1 AND report_id = $2

-- name: revisions
SELECT report_id::text, number, NULL::bytea, sha256, author, message, created_at
FROM report_revisions WHERE report_id = $1 ORDER BY number DESC

-- name: revision
SELECT report_id::text, number, document, sha256, author, message, created_at
FROM report_revisions WHERE report_id = $1 AND number = $2
