CREATE OR REPLACE TABLE cards
(
    id UInt64 COMMENT '19 digits',
    user_id UInt64,
    partner_id UInt32,
    card_number String COMMENT 'Digits as printed, with leading zeros',
    barcode String COMMENT 'EAN-13 or the card number; empty for cards shown as a QR code',
    kind Enum8('digital' = 1, 'plastic' = 2),
    status Enum8('active' = 1, 'blocked' = 2, 'deleted' = 3),
    city_id UInt64 COMMENT 'Where it was issued: key of the dictionary cities; 0 when unknown',
    issued_on Date COMMENT 'Day in Moscow',
    issued_at DateTime('UTC'),
    delivered_on Nullable(Date) COMMENT 'Plastic cards: the day it was handed over; NULL while on its way',
    blocked_at Nullable(DateTime64(3, 'UTC')),
    balance Decimal(18, 2) COMMENT 'Points of the partner'
)
ENGINE = MergeTree ORDER BY (partner_id, issued_on, id)
COMMENT 'Loyalty cards people added to the app or had issued as plastic';

-- From the three sources of (key, user number, moment): before 2025; hour by hour through 2025; and what the experiment
-- barcode_on_home brought to its group with the big barcode.
INSERT INTO cards
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    sipHash64(key, 'card') AS h,
    sipHash64(key, 'card, more') AS m,
    h % 1000 AS p,
    toUInt32(1 + intDiv(120 * p * p * p, 1000000000)) AS partner,
    leftPad(toString(intHash64(partner) % 9000), 4, '0') AS prefix,
    if(bitShiftRight(h, 12) % 7 = 0, 'plastic', 'digital') AS kind_,
    toDate(toTimeZone(at, 'Europe/Moscow')) AS day,
    multiIf(m % 50 < 46, 'active', m % 50 < 48, 'blocked', 'deleted') AS status_,
    concat(prefix, leftPad(toString(key), 8, '0')) AS digits,
    (10 - arraySum((digit, i) -> toUInt8(digit) * if(i % 2 = 0, 3, 1), splitByString('', digits), range(1, 13)) % 10) % 10 AS check_digit
SELECT
    4000000000000000000 + intHash64(key) % 5000000000000000000,
    user_of(n),
    partner,
    concat(prefix, ' ', leftPad(toString(key), 8, '0')),
    multiIf(m % 12 = 0, '', partner % 4 = 0, digits, concat(digits, toString(check_digit))),
    kind_,
    status_,
    if(bitShiftRight(m, 8) % 30 = 0, 0, if(bitShiftRight(m, 16) % 3 = 0, 1, 1 + bitShiftRight(m, 24) % 20)),
    day,
    at,
    if(kind_ = 'plastic' AND bitShiftRight(m, 32) % 10 < 8, day + 2 + bitShiftRight(m, 36) % 20, NULL),
    if(status_ = 'blocked', addMilliseconds(toDateTime64(at, 3, 'UTC'), 86400000 + bitShiftRight(m, 20) % 2592000000), NULL),
    toDecimal64(bitShiftRight(m, 40) % 1000000, 2) / 100 - if(m % 200 = 1, toDecimal64(10000, 2), toDecimal64(0, 2))
FROM
(
    SELECT
        number AS key,
        intDiv(49000 * (sipHash64(number, 'holder') % 1000000), 1000000) AS n,
        toDateTime('2023-01-01 00:00:00', 'UTC') + intDiv(n * 63072000, 50000)
            + sipHash64(number, 'issued') % (63072000 - intDiv(n * 63072000, 50000)) AS at
    FROM numbers_mt(120000)

    UNION ALL

    SELECT
        1000000 + demo_hours.number * 100 + k AS key,
        intDiv(users * (sipHash64(key, 'holder') % 1000000) * (200000 + intDiv(4 * (sipHash64(key, 'holder') % 1000000), 5)),
            1000000000000) AS n,
        hour + sipHash64(key, 'issued') % 3600 AS at
    FROM demo_hours
    ARRAY JOIN range(toUInt64(floor(20 * weight + sipHash64(demo_hours.number, 'cards') % 1000 / 1000))) AS k

    UNION ALL

    SELECT
        2000000 + number AS key,
        number AS n,
        toDateTime('2025-09-01 06:00:00', 'UTC') + sipHash64(number, 'issued') % 2332800 AS at
    FROM numbers(45000)
    WHERE intHash64(number + 1) % 2 = 0 AND sipHash64(number, 'barcode_on_home') % 3 = 1 AND sipHash64(number, 'lift') % 1000 < 45
);
