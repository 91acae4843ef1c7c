CREATE OR REPLACE TABLE city_list
(
    id UInt64 COMMENT 'Key of the dictionary cities',
    name String COMMENT 'Name as the locals write it',
    region LowCardinality(String) COMMENT 'Sales region',
    timezone LowCardinality(String),
    population UInt32
)
ENGINE = MergeTree ORDER BY id
COMMENT 'Cities; reports read them through the dictionary cities';

INSERT INTO city_list VALUES
    (1, 'Москва', 'Centre', 'Europe/Moscow', 13258000),
    (2, 'Санкт-Петербург', 'North-West', 'Europe/Moscow', 5645000),
    (3, 'Новосибирск', 'Siberia', 'Asia/Novosibirsk', 1637000),
    (4, 'Екатеринбург', 'Urals', 'Asia/Yekaterinburg', 1536000),
    (5, 'Казань', 'Volga', 'Europe/Moscow', 1329000),
    (6, 'Нижний Новгород', 'Volga', 'Europe/Moscow', 1198000),
    (7, 'Красноярск', 'Siberia', 'Asia/Krasnoyarsk', 1211000),
    (8, 'Челябинск', 'Urals', 'Asia/Yekaterinburg', 1176000),
    (9, 'Самара', 'Volga', 'Europe/Samara', 1158000),
    (10, 'Ростов-на-Дону', 'South', 'Europe/Moscow', 1140000),
    (11, 'Краснодар', 'South', 'Europe/Moscow', 1154000),
    (12, 'Орёл', 'Centre', 'Europe/Moscow', 292000),
    (13, 'Великий Новгород', 'North-West', 'Europe/Moscow', 220000),
    (14, 'Йошкар-Ола', 'Volga', 'Europe/Moscow', 279000),
    (15, 'Алматы', 'Abroad', 'Asia/Almaty', 2228000),
    (16, 'München', 'Abroad', 'Europe/Berlin', 1512000),
    (17, 'L''Aquila', 'Abroad', 'Europe/Rome', 70000),
    (18, '東京', 'Abroad', 'Asia/Tokyo', 14180000),
    (19, 'دبي', 'Abroad', 'Asia/Dubai', 3655000),
    (20, 'São Paulo', 'Abroad', 'America/Sao_Paulo', 11900000);

CREATE OR REPLACE DICTIONARY cities
(
    id UInt64,
    name String DEFAULT 'unknown',
    region String DEFAULT 'unknown',
    timezone String DEFAULT 'UTC',
    population UInt32 DEFAULT 0
)
PRIMARY KEY id
SOURCE(CLICKHOUSE(TABLE 'city_list'))
LIFETIME(0)
LAYOUT(FLAT())
COMMENT 'City by id: dictGet(''cities'', ''name'', city_id)';
