CREATE DATABASE IF NOT EXISTS crm;

CREATE OR REPLACE TABLE crm.contracts
(
    partner_id UInt32 COMMENT 'The partner''s number in the warehouse',
    legal_name String,
    contract_number String COMMENT 'With leading zeros',
    fee_percent Decimal(9, 4) COMMENT 'Of each purchase',
    monthly_fee Nullable(Decimal(18, 2)) COMMENT 'Roubles; NULL when there is none',
    manager String,
    signed_on Date,
    ended_on Nullable(Date) COMMENT 'NULL while it is in force'
)
ENGINE = MergeTree ORDER BY partner_id
COMMENT 'Contracts with partners, as the sales department keeps them; a few partners have none';

INSERT INTO crm.contracts
WITH
    number + 1 AS n,
    sipHash64(n, 'contract') AS h
SELECT
    n,
    multiIf(n = 1, 'O''Brien & Söhne GmbH', n = 5, '株式会社日本茶房', n = 6, 'مكتبة النور ش.م.م', n = 7, 'Böhm Pizza GmbH & Co. KG',
        concat(['ООО «', 'АО «', 'ИП «'][h % 3 + 1], 'Партнёр ', toString(n), '»')),
    leftPad(toString(h % 100000), 8, '0'),
    toDecimal32(5000 + bitShiftRight(h, 8) % 45000, 4) / 10000,
    if(h % 3 = 0, NULL, toDecimal64(5000 + bitShiftRight(h, 30) % 40 * 500, 2)),
    ['Мария Гончар', 'Seán O''Neill', 'Ирина Лебедь', 'Zoë Novák', 'Тимур Ахмедов'][bitShiftRight(h, 40) % 5 + 1],
    toDate('2021-01-01') + intHash64(n) % 1400,
    if(n > 20 AND n % 17 = 0, toDate('2025-03-01') + intHash64(n) % 250, NULL)
FROM numbers(120)
WHERE n % 23 != 0;
