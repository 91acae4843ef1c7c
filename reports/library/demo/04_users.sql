-- User number n (0 to 79,999, in the order of registration) gets an id of 19 digits; one in ten lies above 2^63.
CREATE OR REPLACE TABLE users
(
    id UInt64 COMMENT '19 digits; longer than a spreadsheet can count',
    name String COMMENT 'As the person wrote it, in any script',
    email Nullable(String) COMMENT 'NULL: never asked; empty: refused',
    phone String COMMENT 'Digits with leading zeros; empty when unknown',
    birthday Nullable(Date32),
    city_id UInt64 COMMENT 'Key of the dictionary cities; 0 when unknown',
    platform Enum8('ios' = 1, 'android' = 2, 'huawei' = 3, 'web' = 4),
    language LowCardinality(String),
    registered_at DateTime('UTC'),
    last_seen_at Nullable(DateTime64(3, 'Europe/Moscow')),
    points Decimal(38, 10) COMMENT 'Bonus points',
    tags Array(LowCardinality(String)),
    push_allowed Bool,
    is_staff Bool COMMENT 'People of the company: leave them out of draws and metrics'
)
ENGINE = MergeTree ORDER BY id
COMMENT 'People who registered in the app, from 2023 to the end of 2025';

INSERT INTO users
WITH
    [['Анна', 'Олег', 'Мария', 'Пётр', 'Ольга', 'Иван', 'Алёна', 'Сергей'],
     ['Emma', 'Liam', 'Zoë', 'Noah', 'Chloé', 'Seán', 'Ana', 'Jürgen'],
     ['花子', '太郎', '美咲', '翔', '陽菜', '蓮', '結衣', '大輔'],
     ['ليلى', 'عمر', 'سارة', 'يوسف', 'مريم', 'علي', 'نور', 'خالد']] AS first_names,
    [['Шевченко', 'Черных', 'Щёголь', 'Ткаченко', 'Седых', 'Ёж', 'Белых', 'Ким'],
     ['O''Brien', 'Müller', 'D''Angelo', 'García', 'Smith-Jones', 'Øster', 'Novák', 'van der Berg'],
     ['佐藤', '鈴木', '高橋', '田中', '渡辺', '伊藤', '山本', '中村'],
     ['حسن', 'إبراهيم', 'منصور', 'عبد الله', 'صالح', 'فارس', 'ناصر', 'حداد']] AS last_names,
    number AS n,
    sipHash64(n, 'user') AS h,
    multiIf(h % 100 < 68, 1, h % 100 < 94, 2, h % 100 < 97, 3, 4) AS script,
    first_names[script][bitShiftRight(h, 8) % 8 + 1] AS first_name,
    last_names[script][bitShiftRight(h, 12) % 8 + 1] AS last_name,
    if(n < 50000,
        toDateTime('2023-01-01 00:00:00', 'UTC') + intDiv(n * 63072000, 50000),
        toDateTime('2025-01-01 00:00:00', 'UTC') + intDiv((n - 50000) * 31536000, 30000)) AS registered,
    sipHash64(n, 'more') AS m
SELECT
    if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000),
    multiIf(n % 997 = 0, '', n % 503 = 0, concat(first_name, ' 🎉'), n % 401 = 0, concat('"', first_name, '" ', last_name),
        concat(first_name, ' ', last_name)),
    multiIf(m % 10 < 3, NULL, m % 10 = 3, '', concat('user', toString(n), '@example.com')),
    if(m % 7 = 0, '', leftPad(toString(bitShiftRight(m, 8) % 10000000), 10, '0')),
    if(m % 5 = 0, NULL, toDate32('1942-01-01') + bitShiftRight(m, 16) % 23700),
    multiIf(bitShiftRight(m, 24) % 25 = 0, 0, bitShiftRight(m, 32) % 3 = 0, 1, 1 + bitShiftRight(m, 40) % 20),
    multiIf(intHash64(n + 7) % 100 < 42, 'ios', intHash64(n + 7) % 100 < 91, 'android', intHash64(n + 7) % 100 < 97, 'huawei', 'web'),
    ['ru', 'en', 'ja', 'ar'][script],
    registered,
    if(n % 9 = 0, NULL,
        addMilliseconds(toDateTime64(registered, 3, 'Europe/Moscow'),
            bitShiftRight(h, 4) % toUInt64(1 + 1000 * (toUnixTimestamp(toDateTime('2025-12-31 23:59:59', 'UTC')) - toUnixTimestamp(registered))))),
    toDecimal128(intDiv(m, 1000003) % 90000000000000, 10) / 10000000,
    arrayFilter((tag, i) -> bitTest(h, i + 40) AND bitTest(h, i + 46), ['family', 'student', 'vip', 'early bird', 'don''t call'], [1, 2, 3, 4, 5]),
    h % 20 != 7,
    n % 1500 = 11
FROM numbers_mt(80000);
