CREATE OR REPLACE TABLE events
(
    time DateTime('UTC'),
    event_name LowCardinality(String),
    user_id UInt64,
    platform Enum8('ios' = 1, 'android' = 2, 'huawei' = 3, 'web' = 4),
    app_version LowCardinality(String),
    partner_id Nullable(UInt32) COMMENT 'NULL for events that concern no partner'
)
ENGINE = MergeTree ORDER BY (event_name, time, user_id)
COMMENT 'What people did in the app in 2025';

-- Each hour has its mean, then noise about as wide as chance would make it: sqrt(mean) times a sum of six uniform numbers, which
-- is near to normal. Early users are up to five times as busy as the average, the last ones half as busy. What monitors should find: the outage of 14 October (08:00 to 12:00 UTC: everything falls, payment errors
-- soar), barcode_shown lost in the night of 3 June, search one quarter up for good since 15 July.
INSERT INTO events
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    sipHash64(hour_number, k, event) AS h,
    bitShiftRight(h, 12) % 1000000 AS u,
    intDiv(users * u * (200000 + intDiv(4 * u, 5)), 1000000000000) AS n,
    bitShiftRight(h, 44) % 1000 AS p
SELECT
    hour + h % 3600,
    event,
    user_of(n),
    multiIf(intHash64(n + 7) % 100 < 42, 'ios', intHash64(n + 7) % 100 < 91, 'android', intHash64(n + 7) % 100 < 97, 'huawei', 'web'),
    concat('5.', toString(intDiv(hour_number, 700) - if(hour_number >= 700 AND bitShiftRight(h, 40) % 4 = 0, 1, 0)), '.', toString(h % 3)),
    if(with_partner AND h % 50 != 0, toUInt32(1 + intDiv(120 * p * p * p, 1000000000)), NULL)
FROM
(
    WITH
        [('app_open', 140., false), ('card_view', 110., true), ('barcode_shown', 70., true), ('offer_view', 55., true), ('search', 30., false),
         ('partner_page', 22., true), ('offer_activated', 18., true), ('sign_in', 10., false), ('payment_error', 3., false)] AS kinds,
        kind.2 * weight * multiIf(
            kind.1 = 'barcode_shown' AND number BETWEEN 3672 AND 3676, 0,
            kind.1 = 'payment_error' AND number BETWEEN 6872 AND 6875, 100,
            kind.1 = 'search' AND hour >= toDateTime('2025-07-15 00:00:00', 'UTC'), 1.25,
            1) AS mean,
        sipHash64(number, kind.1, 'noise') AS noise,
        (arraySum(i -> bitAnd(bitShiftRight(noise, i * 10), 1023), range(6)) / 1023 - 3) * 1.4142 AS deviation
    SELECT hour, number AS hour_number, users, kind.1 AS event, kind.3 AS with_partner, k
    FROM demo_hours
    ARRAY JOIN kinds AS kind
    ARRAY JOIN range(toUInt64(greatest(0, round(mean + sqrt(mean) * deviation)))) AS k
);

INSERT INTO events
SELECT issued_at, 'card_added', user_id, users.platform, '', partner_id
FROM cards INNER JOIN users ON users.id = cards.user_id
WHERE issued_at >= toDateTime('2025-01-01 00:00:00', 'UTC');

-- What the experiment barcode_on_home brought: its group with the big barcode opens the app a little more often.
INSERT INTO events
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    toUInt64(number % 45000) AS n,
    sipHash64(number, 'lift') AS h
SELECT
    toDateTime('2025-09-01 06:00:00', 'UTC') + toIntervalDay(intDiv(number, 45000)) + bitShiftRight(h, 20) % 50400,
    event,
    user_of(n),
    multiIf(intHash64(n + 7) % 100 < 42, 'ios', intHash64(n + 7) % 100 < 91, 'android', intHash64(n + 7) % 100 < 97, 'huawei', 'web'),
    '5.8.0',
    NULL
FROM numbers_mt(28 * 45000)
ARRAY JOIN ['app_open', 'barcode_shown'] AS event
WHERE intHash64(n + 1) % 2 = 0 AND sipHash64(n, 'barcode_on_home') % 3 = 1 AND h % 1000 < 6;
