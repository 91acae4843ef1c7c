-- How busy the app is in each hour of the year, 1.0 being an average hour. Everything with a time of its own is drawn from
-- this table; the last file drops it. Hours of the day and weekdays follow Moscow, where most users are.
CREATE OR REPLACE TABLE demo_hours
(
    hour DateTime('UTC'),
    number UInt32,
    users UInt32 COMMENT 'Users registered by then',
    weight Float64
)
ENGINE = MergeTree ORDER BY hour
COMMENT 'Scaffolding of the demo';

INSERT INTO demo_hours
WITH
    [22, 12, 8, 6, 8, 18, 42, 78, 112, 128, 134, 142, 158, 150, 138, 140, 152, 172, 186, 176, 148, 120, 92, 58] AS by_hour,
    [94, 95, 97, 101, 116, 112, 85] AS by_weekday,
    toDateTime('2025-01-01 00:00:00', 'UTC') + toIntervalHour(number) AS hour_,
    toTimeZone(hour_, 'Europe/Moscow') AS local
SELECT
    hour_,
    number,
    50000 + intDiv(30000 * number, 8760),
    by_hour[toHour(local) + 1] / 100
        * by_weekday[toDayOfWeek(local)] / 100
        * (85 + 30 * number / 8760) / 100
        * multiIf(
            toDate(local) <= '2025-01-08', 0.7,
            toDate(local) = '2025-11-28', 1.5,
            toDate(local) BETWEEN '2025-12-22' AND '2025-12-30', 1.3,
            -- The outage of 14 October, 08:00 to 12:00 UTC.
            hour_ BETWEEN toDateTime('2025-10-14 08:00:00', 'UTC') AND toDateTime('2025-10-14 11:00:00', 'UTC'), 0.12,
            1)
FROM numbers(8760);
