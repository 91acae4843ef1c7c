-- name: lock_migrations
SELECT pg_advisory_lock(hashtext('vitrina migrations'))

-- name: unlock_migrations
SELECT pg_advisory_unlock(hashtext('vitrina migrations'))

-- name: database_figures
SELECT pg_database_size(current_database()), coalesce(sum(a.bytes), 0)::bigint, count(a.id)
FROM artifacts a JOIN runs r ON r.id = a.run_id
WHERE r.files_removed_at IS NULL

-- name: database_connections
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
