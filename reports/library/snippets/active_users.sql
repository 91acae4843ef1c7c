-- Who opened the app in the report's period. The report needs a field called period.
SELECT DISTINCT user_id
FROM events
WHERE event_name = 'app_open'
  AND time >= toDateTime({{ .period.from }}, 'Europe/Moscow')
  AND time < toDateTime({{ .period.to }}, 'Europe/Moscow') + INTERVAL 1 DAY
