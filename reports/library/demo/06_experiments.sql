CREATE OR REPLACE TABLE experiments
(
    name String COMMENT 'Also the key of experiment_groups',
    title String,
    started_on Date,
    ended_on Date COMMENT 'Last day, included',
    control String COMMENT 'Name of the group that saw nothing new'
)
ENGINE = MergeTree ORDER BY name
COMMENT 'A/B tests';

INSERT INTO experiments VALUES
    ('barcode_on_home', 'Barcode on the home screen', '2025-09-01', '2025-09-28', 'control'),
    ('quiet_pushes', 'Pushes without sound', '2025-11-03', '2025-11-30', 'with sound'),
    ('tiny_pilot', 'A pilot with a handful of people', '2025-12-01', '2025-12-14', 'control');

CREATE OR REPLACE TABLE experiment_groups
(
    experiment LowCardinality(String),
    user_id UInt64,
    group_name LowCardinality(String),
    assigned_at DateTime('UTC')
)
ENGINE = MergeTree ORDER BY (experiment, user_id)
COMMENT 'Who was in which group of an A/B test; nobody is in two groups of one test';

INSERT INTO experiment_groups
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of
SELECT 'barcode_on_home', user_of(number), ['control', 'big barcode', 'short menu'][sipHash64(number, 'barcode_on_home') % 3 + 1],
    toDateTime('2025-08-31 21:00:00', 'UTC')
FROM numbers(45000) WHERE intHash64(number + 1) % 2 = 0
UNION ALL
SELECT 'quiet_pushes', user_of(number), ['with sound', 'silent'][sipHash64(number, 'quiet_pushes') % 2 + 1],
    toDateTime('2025-11-02 21:00:00', 'UTC')
FROM numbers(60000) WHERE intHash64(number + 2) % 5 = 0
UNION ALL
SELECT 'tiny_pilot', user_of(number * 4001), if(number < 4, 'control', if(number < 7, 'new colours', 'alone')),
    toDateTime('2025-11-30 21:00:00', 'UTC')
FROM numbers(8);
