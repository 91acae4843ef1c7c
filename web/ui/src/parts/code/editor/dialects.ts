import { PostgreSQL, SQLDialect } from "@codemirror/lang-sql";

export const clickhouseKeywords =
  "select distinct on from final sample array join left right inner outer full cross asof any all semi anti global using prewhere where " +
  "group by rollup cube totals grouping sets having window over partition rows range unbounded preceding following current row order " +
  "asc desc nulls first last collate fill step interpolate limit offset ties with recursive as union except intersect settings format " +
  "into outfile and or not in between like ilike is null exists case when then else end interval year quarter month week day hour " +
  "minute second cast extract date timestamp true false values explain describe show qualify filter ignore respect materialized";

const types =
  "int8 int16 int32 int64 int128 int256 uint8 uint16 uint32 uint64 uint128 uint256 float32 float64 bfloat16 decimal decimal32 decimal64 " +
  "decimal128 decimal256 bool boolean string fixedstring uuid date32 datetime datetime64 enum enum8 enum16 array tuple map nested nullable " +
  "lowcardinality ipv4 ipv6 json variant dynamic aggregatefunction simpleaggregatefunction point ring polygon multipolygon";

export const ClickHouse = SQLDialect.define({
  keywords: clickhouseKeywords,
  types,
  backslashEscapes: true,
  hashComments: true,
  identifierQuotes: '`"',
  operatorChars: "*+-%<>!=&|^/~?:",
});

export const dialects = { clickhouse: ClickHouse, postgres: PostgreSQL };
