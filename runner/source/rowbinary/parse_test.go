package rowbinary

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes a parsed type in a form of its own, so that a test sees what was understood.
func outline(t *Type) string {
	names := map[Code]string{
		UInt8: "u8", UInt64: "u64", Int32: "i32", Float64: "f64", String: "str", FixedString: "fix", Date: "date", DateTime: "moment",
		DateTime64: "moment64", Time64: "time64", Decimal32: "d32", Decimal64: "d64", Decimal128: "d128", Decimal256: "d256",
		Enum8: "e8", Enum16: "e16", Array: "array", Tuple: "tuple", Map: "map", Variant: "variant", Dynamic: "dynamic", JSON: "json",
		Interval: "interval", Nothing: "nothing", AggregateFunction: "aggregate", Bool: "bool",
	}
	out := names[t.Code]
	if t.Nullable {
		out += "?"
	}
	if t.Zone != nil {
		out += "@" + t.Zone.String()
	}
	var parts []string
	for i, arg := range t.Args {
		part := outline(arg)
		if t.Fields != nil {
			part = t.Fields[i] + ":" + part
		}
		parts = append(parts, part)
	}
	if t.Code == Tuple || len(parts) > 0 {
		out += "(" + strings.Join(parts, " ") + ")"
	}
	return out
}

func TestTypesAreUnderstood(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"UInt8":                                         "u8",
		" Nullable( UInt64 ) ":                          "u64?",
		"LowCardinality(Nullable(String))":              "str?",
		"FixedString(16)":                               "fix",
		"DateTime":                                      "moment",
		"DateTime('Asia/Tokyo')":                        "moment@Asia/Tokyo",
		"DateTime64(3)":                                 "moment64",
		"DateTime64(6, 'America/New_York')":             "moment64@America/New_York",
		"DateTime('Fixed/UTC-05:30:00')":                "moment@Fixed/UTC-05:30:00",
		"Time64(9)":                                     "time64",
		"Decimal(9, 2)":                                 "d32",
		"Decimal(18, 18)":                               "d64",
		"Decimal(38, 10)":                               "d128",
		"Decimal(76, 0)":                                "d256",
		"Decimal64(5)":                                  "d64",
		"Array(Array(Nullable(Int32)))":                 "array(array(i32?))",
		"Map(LowCardinality(String), Float64)":          "map(str f64)",
		"Tuple(UInt8, String)":                          "tuple(u8 str)",
		"Tuple(id UInt8, `a b` String)":                 "tuple(id:u8 a b:str)",
		"Tuple(`a``b` UInt8, `c\\`d` String)":           "tuple(a`b:u8 c`d:str)",
		`Tuple("x,)" UInt8)`:                            "tuple(x,):u8)",
		"Tuple(UInt8 UInt8, Nullable Nullable(String))": "tuple(UInt8:u8 Nullable:str?)",
		"Tuple()":                                       "tuple()",
		"Tuple(a Tuple(b Array(Tuple(c Date))))":        "tuple(a:tuple(b:array(tuple(c:date))))",
		"Nested(id UInt8, name String)":                 "array(tuple(id:u8 name:str))",
		"Point":                                         "tuple(f64 f64)",
		"MultiPolygon":                                  "array(array(array(tuple(f64 f64))))",
		"SimpleAggregateFunction(sum, UInt64)":          "u64",
		"SimpleAggregateFunction(groupArrayArray(10), Array(Nullable(String)))": "array(str?)",
		"AggregateFunction(quantiles(0.5, 0.9), UInt64)":                        "aggregate",
		"Variant(Array(UInt8), String, UInt64)":                                 "variant(array(u8) str u64)",
		"Dynamic(max_types=10)":                                                 "dynamic",
		"JSON(max_dynamic_paths=8, a.b UInt32, SKIP c, SKIP REGEXP '[)]')":      "json",
		"IntervalDay":      "interval",
		"Array(Nothing)":   "array(nothing)",
		"QBit(Float64, 8)": "array(f64)",
		"Bool":             "bool",
		"\tArray\n(UInt8)": "array(u8)",
	} {
		got, err := ParseType(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if outline(got) != want {
			t.Errorf("%s is %s, want %s", name, outline(got), want)
		}
	}
}

func TestEnumNamesAreUnescaped(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]map[int16]string{
		`Enum8('a' = 1, 'b' = -128)`:                   {1: "a", -128: "b"},
		`Enum16('it\'s' = 1,'tab\there' = 2,'' = 300)`: {1: "it's", 2: "tab\there", 300: ""},
		`Enum8('a = 1, \'b' = 5)`:                      {5: "a = 1, 'b"},
		`Enum8('back\\slash' = 1, 'nul\0' = 2)`:        {1: `back\slash`, 2: "nul\x00"},
		`Enum8('do''uble' = 1, '\x41' = 2, 'ü)' = 3)`:  {1: "do'uble", 2: "A", 3: "ü)"},
	} {
		got, err := ParseType(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, got.Enum); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestWhatIsNoTypeIsRefused(t *testing.T) {
	t.Parallel()
	for name, why := range map[string]string{
		"":                             "a type is missing",
		"Strin":                        "the type Strin is not known",
		"Array":                        `there is no "("`,
		"Array()":                      "0 types in brackets",
		"Array(UInt8":                  `there is no ")"`,
		"UInt8)":                       `")" is left over`,
		"Map(String)":                  "1 types",
		"FixedString(0)":               "a number from 1",
		"FixedString(99999999999)":     "a number from 1",
		"DateTime64(10)":               "a number from 0 to 9",
		"DateTime('Nowhere/City')":     `the time zone "Nowhere/City" is not known`,
		"DateTime('../../etc/passwd')": "is not known",
		"Decimal(77, 1)":               "a number from 1 to 76",
		"Decimal(5, 6)":                "a number from 0 to 5",
		"Enum8('a' = 128)":             "has no number that fits",
		"Enum8('a = 1)":                "a quote is not closed",
		"Nullable(Nullable(UInt8))":    "a Nullable within a Nullable",
		"Tuple(a UInt8, String)":       "some elements of a Tuple have names",
		"Nested(UInt8)":                "a Nested without names",
		strings.Repeat("Array(", 200):  "nested deeper than 100",
	} {
		_, err := ParseType(name)
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.40q: %v, want %q", name, err, why)
		}
	}
}

func FuzzParseType(f *testing.F) {
	f.Add("Tuple(a Array(Nullable(DateTime64(3, 'UTC'))), `b c` Enum8('x\\'' = 1))")
	f.Add("SimpleAggregateFunction(f(1, 'a)'), Map(String, JSON(a UInt8)))")
	f.Fuzz(func(t *testing.T, name string) {
		parsed, err := ParseType(name)
		if err != nil {
			return
		}
		again, err := ParseType(parsed.Name)
		if err != nil || outline(again) != outline(parsed) {
			t.Errorf("%q parses, its name %q does not: %v", name, parsed.Name, err)
		}
	})
}
