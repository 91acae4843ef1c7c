-- name: record_event
INSERT INTO audit (at, person_id, person, via, address, action, object_kind, object_id, object_name, details)
VALUES ($1, nullif($2, '')::uuid, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: events
SELECT id, at, coalesce(person_id::text, ''), person, via, address, action, object_kind, object_id, object_name, details
FROM audit
WHERE ($1::text = '' OR person_id = nullif($1, '')::uuid)
  AND ($2::text = '' OR strpos(lower(person), lower($2)) > 0
       OR person_id IN (SELECT p.id FROM people p WHERE strpos(lower(p.name), lower($2)) > 0))
  AND ($3::text = '' OR action = $3 OR ($3 LIKE '%.' AND starts_with(action, $3)))
  AND ($4::text = '' OR object_kind = $4)
  AND ($5::text = '' OR object_id = $5)
  AND ($6::timestamptz IS NULL OR at >= $6)
  AND ($7::timestamptz IS NULL OR at < $7)
  AND ($8::text = '' OR strpos(lower(object_name || ' ' || address || ' ' || details::text), lower($8)) > 0)
  AND ($9::bigint = 0 OR id < $9)
ORDER BY id DESC
LIMIT $10
