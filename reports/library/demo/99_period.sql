DROP TABLE demo_hours;

CREATE OR REPLACE TABLE demo_period
(
    first_day Date,
    last_day Date
)
ENGINE = MergeTree ORDER BY first_day
COMMENT 'The year the demo tells of. Made last: where this table has its row, the demo is whole';

INSERT INTO demo_period VALUES ('2025-01-01', '2025-12-31');
