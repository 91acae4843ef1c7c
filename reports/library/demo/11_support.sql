CREATE OR REPLACE TABLE support_contacts
(
    id UInt64,
    user_id UInt64,
    created_at DateTime('UTC'),
    topic LowCardinality(String),
    channel Enum8('chat' = 1, 'email' = 2, 'phone' = 3),
    rating Nullable(UInt8) COMMENT '1 to 5; NULL when not rated',
    message String COMMENT 'First line of what the person wrote'
)
ENGINE = MergeTree ORDER BY (created_at, id)
COMMENT 'Contacts with support';

INSERT INTO support_contacts
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    sipHash64(key, 'contact') AS h
SELECT
    key + 1,
    user_of(intDiv(users * (bitShiftRight(h, 8) % 100000), 100000)),
    hour + bitShiftRight(h, 30) % 3600,
    ['card not accepted', 'points missing', 'sign-in', 'pushes', 'идея', 'other'][h % 6 + 1],
    ['chat', 'chat', 'email', 'phone'][bitShiftRight(h, 6) % 4 + 1],
    if(h % 3 = 0, NULL, 1 + bitShiftRight(h, 40) % 5),
    ['Карта не сканируется на кассе', 'My card doesn''t scan', 'Где мои баллы?!', '=SUM(A1:A9) ???', 'Спасибо 🙏', ''][h % 6 + 1]
FROM
(
    SELECT hour, users, number * 100 + k AS key
    FROM demo_hours
    ARRAY JOIN range(toUInt64(floor(5 * weight + sipHash64(number, 'contacts') % 1000 / 1000))) AS k
);

CREATE OR REPLACE TABLE unsubscribes
(
    user_id UInt64,
    channel Enum8('push' = 1, 'email' = 2, 'sms' = 3),
    unsubscribed_at DateTime('UTC'),
    reason LowCardinality(Nullable(String))
)
ENGINE = MergeTree ORDER BY (unsubscribed_at, user_id)
COMMENT 'Who asked not to be written to any more';

INSERT INTO unsubscribes
WITH
    n -> if(n % 10 = 3, 9300000000000000000 + intHash64(n) % 600000000000000000, 1000000000000000000 + intHash64(n) % 8000000000000000000) AS user_of,
    sipHash64(key, 'unsubscribe') AS h
SELECT
    user_of(intDiv(users * (bitShiftRight(h, 8) % 100000), 100000)),
    ['push', 'push', 'email', 'sms'][h % 4 + 1],
    hour + bitShiftRight(h, 30) % 3600,
    [NULL, 'too often', 'not for me', 'уже не пользуюсь'][bitShiftRight(h, 40) % 4 + 1]
FROM
(
    SELECT hour, users, number * 100 + k AS key
    FROM demo_hours
    ARRAY JOIN range(toUInt64(floor(1.2 * weight + sipHash64(number, 'unsubscribes') % 1000 / 1000))) AS k
);
