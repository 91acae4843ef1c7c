CREATE OR REPLACE TABLE purchases
(
    id UInt64,
    user_id UInt64,
    partner_id UInt32,
    paid_at DateTime64(3, 'Europe/Moscow'),
    amount Decimal(18, 2) COMMENT 'Roubles; refunds are negative',
    cashback Decimal(18, 4) COMMENT 'Points earned',
    items UInt16,
    status Enum8('paid' = 1, 'refunded' = 2),
    coupon LowCardinality(Nullable(String)) COMMENT 'NULL: none was used; empty: the till sent a blank one'
)
ENGINE = MergeTree ORDER BY (paid_at, id)
COMMENT 'Purchases at the partners'' tills in 2025';

INSERT INTO purchases
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    sipHash64(key, 'purchase') AS h,
    sipHash64(key, 'buyer') % 1000000 AS u,
    bitShiftRight(h, 10) % 1000 AS a,
    bitShiftRight(h, 24) % 1000 AS p,
    h % 60 = 0 AS refund,
    toInt64(4990 + intDiv(a * a * a, 2000) + h % 100) * if(refund, -1, 1) AS kopecks,
    toDecimal64(kopecks, 2) / 100 AS paid
SELECT
    7000000000000000000 + key,
    user_of(intDiv(users * u * (200000 + intDiv(4 * u, 5)), 1000000000000)),
    toUInt32(1 + intDiv(120 * p * p * p, 1000000000)),
    toDateTime64(hour, 3, 'Europe/Moscow') + toIntervalMillisecond(bitShiftRight(h, 30) % 3600000),
    paid,
    toDecimal64(paid, 4) * toDecimal64(1 + h % 5, 4) / 100,
    1 + bitShiftRight(h, 44) % 12,
    if(refund, 'refunded', 'paid'),
    multiIf(h % 9 = 0, 'WELCOME10', h % 31 = 0, '', h % 37 = 0, 'ЛЕТО-25', NULL)
FROM
(
    SELECT hour, users, number * 1000 + k AS key
    FROM demo_hours
    ARRAY JOIN range(toUInt64(floor(45 * weight + sipHash64(number, 'purchases') % 1000 / 1000))) AS k
);
