CREATE OR REPLACE TABLE offers
(
    id UInt32,
    partner_id UInt32,
    title String,
    kind Enum8('discount' = 1, 'cashback' = 2, 'gift' = 3),
    percent Nullable(Decimal(5, 2)) COMMENT 'NULL for gifts',
    starts_on Date,
    ends_on Date,
    tags Array(LowCardinality(String))
)
ENGINE = MergeTree ORDER BY id
COMMENT 'What partners offer to the holders of their cards';

INSERT INTO offers
WITH
    number + 1 AS n,
    sipHash64(n, 'offer') AS h,
    toUInt32(1 + floor(120 * (h % 1000) / 1000 * (h % 1000) / 1000)) AS partner,
    h % 3 AS k,
    toDecimal32(3 + bitShiftRight(h, 10) % 40, 2) + if(bitTest(h, 30), toDecimal32('0.5', 2), toDecimal32('0', 2)) AS percent_,
    toDate('2025-01-01') + bitShiftRight(h, 20) % 340 AS starts
SELECT
    n,
    partner,
    multiIf(
        k = 0, concat('−', toString(percent_), '% on everything'),
        k = 1, concat('Кешбэк ', toString(percent_), '%'),
        concat('A gift 🎁 for purchase №', toString(1 + h % 5))),
    ['discount', 'cashback', 'gift'][k + 1],
    if(k = 2, NULL, percent_),
    starts,
    starts + 6 + bitShiftRight(h, 32) % 40,
    arrayFilter((tag, i) -> bitTest(h, i + 40), ['weekend', 'birthday', 'first purchase'], [1, 2, 3])
FROM numbers(600);
