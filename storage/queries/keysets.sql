-- name: load_keyring
SELECT blob, version FROM keysets WHERE name = 'keyring'

-- name: first_keyring
INSERT INTO keysets (name, blob, version) VALUES ('keyring', $1, 1) ON CONFLICT DO NOTHING RETURNING version

-- name: save_keyring
UPDATE keysets SET blob = $1, version = version + 1 WHERE name = 'keyring' AND version = $2 RETURNING version
