CREATE OR REPLACE TABLE pushes
(
    id UInt32,
    name String COMMENT 'How the marketers call it',
    title String COMMENT 'First line on the phone',
    body String,
    sent_at DateTime64(3, 'UTC'),
    audience UInt8 COMMENT 'Percent of all users it was meant for'
)
ENGINE = MergeTree ORDER BY id
COMMENT 'Push messages, one a week';

INSERT INTO pushes
WITH
    number + 1 AS n,
    sipHash64(n, 'push') AS h
SELECT
    n,
    concat(['Новинки', 'Weekend', 'Win-back', 'Don''t miss', 'セール'][h % 5 + 1], ' ', toString(toISOWeek(sent_at_))),
    ['Скидки недели 🛍️', 'Your weekend plan', 'Мы скучаем 💔', 'O''Brien: last day!', '今週のお買い得'][h % 5 + 1],
    ['До 30% у партнёров', 'Coffee is on us ☕', 'Вернитесь — подарим 100 баллов', 'Only today, "while stocks last"', 'ポイント2倍'][h % 5 + 1],
    toDateTime64('2025-01-02 09:00:00', 3, 'UTC') + toIntervalDay(7 * number + h % 3) + toIntervalMinute(h % 9 * 15) AS sent_at_,
    8 + h % 9
FROM numbers(52);

CREATE OR REPLACE TABLE push_deliveries
(
    push_id UInt32,
    user_id UInt64,
    sent_at DateTime64(3, 'UTC'),
    received_at Nullable(DateTime64(3, 'UTC')) COMMENT 'NULL: did not reach the phone',
    read_at Nullable(DateTime64(3, 'UTC')) COMMENT 'NULL: not opened',
    error LowCardinality(Nullable(String)) COMMENT 'Why it did not reach the phone; NULL also when nobody knows'
)
ENGINE = MergeTree ORDER BY (push_id, user_id)
COMMENT 'Each push to each person: sent, received, read';

INSERT INTO push_deliveries
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    intDiv(number, 80000) + 1 AS push,
    number % 80000 AS n,
    sipHash64(number, 'delivery') AS h,
    sipHash64(push, 'push') AS p,
    toDateTime64('2025-01-02 09:00:00', 3, 'UTC') + toIntervalDay(7 * (push - 1) + p % 3) + toIntervalMinute(p % 9 * 15) AS planned,
    planned + toIntervalMillisecond(intDiv(n * 30, 4)) AS sent,
    bitShiftRight(h, 8) % 100 < 88 AS received,
    received AND bitShiftRight(h, 20) % 1000 < 90 + p % 7 * 25 AS opened
SELECT
    push,
    user_of(n),
    sent,
    if(received, sent + toIntervalMillisecond(200 + bitShiftRight(h, 32) % 90000), NULL),
    if(opened, sent + toIntervalMillisecond(120000 + bitShiftRight(h, 32) % 36000000), NULL),
    if(received, NULL, [NULL, 'token expired', 'app removed', 'pushes turned off'][bitShiftRight(h, 40) % 4 + 1])
FROM numbers_mt(52 * 80000)
WHERE h % 100 < 8 + p % 9
    -- Registered before the push went out.
    AND n < 50000 + intDiv(30000 * (toUnixTimestamp(planned) - 1735689600), 31536000);
