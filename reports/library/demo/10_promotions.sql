CREATE OR REPLACE TABLE promotions
(
    id UInt32,
    name String,
    starts_on Date,
    ends_on Date COMMENT 'Last day, included',
    prize String
)
ENGINE = MergeTree ORDER BY id
COMMENT 'Prize draws';

INSERT INTO promotions VALUES
    (1, 'Весенний розыгрыш', '2025-03-03', '2025-03-30', 'Велосипед'),
    (2, 'Autumn coffee for a year', '2025-10-06', '2025-11-02', 'Coffee every day, "any size"'),
    (3, 'New Year''s box 🎄', '2025-12-01', '2025-12-28', 'A box of presents');

CREATE OR REPLACE TABLE promotion_participants
(
    promotion_id UInt32,
    user_id UInt64,
    joined_at DateTime('UTC') COMMENT 'A person may join more than once and still has one chance',
    receipt_amount Nullable(Decimal(10, 2)) COMMENT 'NULL when joined without a receipt',
    came_from LowCardinality(String)
)
ENGINE = MergeTree ORDER BY (promotion_id, joined_at, user_id)
COMMENT 'Who took part in a promotion, each time they did';

INSERT INTO promotion_participants
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    number % 3 AS p,
    sipHash64(number, 'participant') AS h,
    -- Staff is drawn to prizes too: one entry in 400.
    if(h % 400 = 0, 11 + 1500 * (bitShiftRight(h, 10) % 30), intDiv(49000 * (bitShiftRight(h, 10) % 100000), 100000)) AS person
SELECT
    p + 1,
    user_of(person),
    [toDateTime('2025-03-02 21:00:00', 'UTC'), toDateTime('2025-10-05 21:00:00', 'UTC'), toDateTime('2025-11-30 21:00:00', 'UTC')][p + 1]
        + bitShiftRight(h, 28) % 2419200,
    if(h % 7 = 0, NULL, toDecimal64(10000 + bitShiftRight(h, 20) % 900000, 2) / 100),
    ['push', 'banner', 'till', 'a friend''s link'][bitShiftRight(h, 50) % 4 + 1]
FROM numbers_mt(36000);
