-- name: sources
SELECT name, driver, dsn_sealed, database, limits, version, updated_at, updated_by
FROM sources
WHERE $1::text = '' OR name = $1
ORDER BY name

-- name: create_source
INSERT INTO sources (name, driver, dsn_sealed, database, limits, version, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, 1, $6, $7)

-- name: change_source
UPDATE sources
SET driver = $3, dsn_sealed = coalesce($4, dsn_sealed), database = $5, limits = $6, version = version + 1, updated_at = $7, updated_by = $8
WHERE name = $1 AND version = $2

-- name: reseal_source
UPDATE sources SET dsn_sealed = $3 WHERE name = $1 AND version = $2

-- name: remove_source
DELETE FROM sources WHERE name = $1
