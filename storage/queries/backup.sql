-- name: backup_tables
SELECT c.relname AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND c.relname NOT LIKE 'river\_%' AND c.relname NOT IN ('goose_db_version', 'sessions', 'sign_in_failures', 'processes')
GROUP BY c.relname
ORDER BY c.relname

-- name: backup_references
SELECT conrelid::regclass::text AS from_table, confrelid::regclass::text AS to_table
FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid

-- name: backup_sequences
SELECT c.relname AS table_name, quote_ident(a.attname) AS column_name, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'river\_%' AND c.relname <> 'goose_db_version'

-- name: is_empty
SELECT NOT EXISTS (SELECT FROM people) AND NOT EXISTS (SELECT FROM reports) AND NOT EXISTS (SELECT FROM audit)
