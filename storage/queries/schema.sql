-- name: lock_migrations
SELECT pg_advisory_lock(hashtext('vitrina migrations'))

-- name: unlock_migrations
SELECT pg_advisory_unlock(hashtext('vitrina migrations'))
