CREATE OR REPLACE TABLE partners
(
    id UInt32,
    name String COMMENT 'As it is printed on the cards',
    category LowCardinality(String),
    country LowCardinality(FixedString(2)),
    joined_on Date,
    left_on Nullable(Date) COMMENT 'NULL while the partner is with us',
    prefix String COMMENT 'First digits of its card numbers, with leading zeros',
    tags Array(LowCardinality(String)),
    website Nullable(String)
)
ENGINE = MergeTree ORDER BY id
COMMENT 'Shops and services whose loyalty cards live in the app; the smaller the id, the more cards';

INSERT INTO partners
WITH
    ['O''Brien & Söhne', 'Берёзка', 'Кофейня «Зерно»', 'Fresh Market', '日本茶房', 'مكتبة النور', 'Böhm 🍕 Pizza', '50% Outlet',
     'Аптека №1', 'Crème & Co', 'Books "Read Me"', 'C:\\Games', '+Plus Pharmacy', '=Equal Gym', '@home', 'Smith, Jones; Partners',
     'Ёлки-палки', 'Žluťoučký kůň', 'Ромашка', 'Детский мир игр'] AS named,
    ['Green', 'Silver', 'North', 'River', 'Happy', 'Old Town', 'Blue', 'Sunny', 'Royal', 'Little'] AS first_words,
    ['Bakery', 'Pharmacy', 'Sports', 'Books', 'Flowers', 'Cinema', 'Optics', 'Shoes', 'Garden', 'Toys'] AS second_words,
    ['groceries', 'groceries', 'cafe', 'groceries', 'cafe', 'books', 'cafe', 'fashion', 'pharmacy', 'beauty', 'books', 'games',
     'pharmacy', 'sport', 'home', 'services', 'cafe', 'services', 'beauty', 'toys'] AS named_categories,
    ['cafe', 'pharmacy', 'sport', 'books', 'home', 'services', 'services', 'fashion', 'home', 'toys'] AS second_categories,
    number + 1 AS n,
    intHash64(n) AS h
SELECT
    n,
    if(n <= 20, named[n], concat(first_words[intDiv(n - 21, 10) + 1], ' ', second_words[(n - 21) % 10 + 1])),
    if(n <= 20, named_categories[n], second_categories[(n - 21) % 10 + 1]),
    if(n <= 20, ['DE', 'RU', 'RU', 'RU', 'JP', 'AE', 'DE', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU', 'RU'][n],
        'RU'),
    toDate('2021-01-01') + h % 1400,
    if(n > 20 AND n % 17 = 0, toDate('2025-03-01') + h % 250, NULL),
    leftPad(toString(h % 9000), 4, '0'),
    arrayFilter((tag, i) -> bitTest(h, i + 20) AND bitTest(h, i + 30), ['new', 'family', 'premium', 'seasonal', 'online'], [1, 2, 3, 4, 5]),
    multiIf(n % 6 = 0, NULL, n % 11 = 0, '', concat('https://partner-', toString(n), '.example'))
FROM numbers(120);
