package infer

import (
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestTypeOfColumn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		values string // separated by |
		want   string
	}{
		"nothing at all":                {"||", "Nullable(String)"},
		"integers":                      {"1|-2|0|9223372036854775807|-9223372036854775808", "Int64"},
		"integers and blanks":           {"1||3", "Nullable(Int64)"},
		"one beyond Int64":              {"1|9223372036854775808", "UInt64"},
		"the greatest UInt64":           {"18446744073709551615", "UInt64"},
		"beyond UInt64":                 {"18446744073709551616", "String"},
		"beyond Int64 and negative":     {"-1|9223372036854775808", "String"},
		"below Int64":                   {"-9223372036854775809", "String"},
		"leading zero":                  {"00123|12", "String"},
		"plus sign":                     {"+1|2", "String"},
		"spaces":                        {" 1|2", "String"},
		"thousands":                     {"1,000|2", "String"},
		"decimal comma":                 {"1,5|2", "String"},
		"hexadecimal":                   {"0x10|1", "String"},
		"digits of another script":      {"１２|3", "String"},
		"a negative zero":               {"-0|1", "Float64"},
		"prices":                        {"2.55|3|-11062.06", "Decimal(18, 2)"},
		"18 digits":                     {"123456789012.123456", "Decimal(18, 6)"},
		"18 digits in two values":       {"123456789012|0.123456", "Decimal(18, 6)"},
		"19 digits":                     {"1234567890123.123456", "Decimal(38, 6)"},
		"fraction alone":                {"0.123456789012345678", "Decimal(18, 18)"},
		"38 digits":                     {"12345678901234567890123456789.012345678", "Decimal(38, 9)"},
		"39 digits":                     {"123456789012345678901234567890.012345678", "String"},
		"point without digits behind":   {"1.", "String"},
		"point without digits before":   {".5", "String"},
		"leading zero of a fraction":    {"00.5", "String"},
		"exponent":                      {"1e5|2.5E-3|7", "Float64"},
		"beyond Float64":                {"1e999", "String"},
		"below Float64":                 {"1e-999|1", "String"},
		"zero with an exponent":         {"0e5", "Float64"},
		"shortest form of a float":      {"0.30000000000000004|1e-05", "Float64"},
		"an id that Float64 changes":    {"12345678901234567890|1e5", "String"},
		"an id of 17 digits":            {"1e5|90071992547409931", "String"},
		"nan among numbers":             {"1.5|NaN|-inf", "Float64"},
		"nan alone":                     {"nan|NaN", "String"},
		"words":                         {"nan|Nancy", "String"},
		"days":                          {"2024-02-29|1970-01-01|2149-06-06", "Date"},
		"a day before 1970":             {"2024-02-29|1969-12-31", "Date32"},
		"a day after 2149":              {"2149-06-07", "Date32"},
		"days and blanks":               {"2024-02-29|", "Nullable(Date)"},
		"the widest days":               {"1900-01-01|2299-12-31", "Date32"},
		"a day before 1900":             {"1899-12-31", "String"},
		"31 February":                   {"2023-02-31", "String"},
		"29 February of a common year":  {"2100-02-29", "String"},
		"month 13":                      {"2023-13-01", "String"},
		"no zero date":                  {"0000-00-00", "String"},
		"day first":                     {"31-12-2023", "String"},
		"times":                         {"2010-12-01 08:26:00|2010-12-01T08:26", "DateTime('UTC')"},
		"times with fractions":          {"2010-12-01 08:26:00.5|2010-12-01 08:26:00.123456", "DateTime64(6, 'UTC')"},
		"a time before 1970":            {"1969-12-31 23:59:59", "DateTime64(0, 'UTC')"},
		"the last DateTime":             {"2106-02-07 06:28:15", "DateTime('UTC')"},
		"after the last DateTime":       {"2106-02-07 06:28:16", "DateTime64(0, 'UTC')"},
		"nanoseconds":                   {"2024-01-01 00:00:00.123456789", "DateTime64(9, 'UTC')"},
		"nanoseconds too late":          {"2262-04-12 00:00:00.123456789", "String"},
		"ten digits of a second":        {"2024-01-01 00:00:00.1234567890", "String"},
		"hour 24":                       {"2024-01-01 24:00:00", "String"},
		"second 60":                     {"2024-01-01 23:59:60", "String"},
		"an hour of one digit":          {"2024-01-01 8:26:00", "String"},
		"a time cut off":                {"2024-01-01 08:2", "String"},
		"moments":                       {"2024-01-01T00:00:00Z|2024-01-01 00:00:00.5+03:00|2024-01-01T00:00-0330|2024-01-01 00:00:00+00", "DateTime64(3, 'UTC')"},
		"moments in microseconds":       {"2024-01-01T00:00:00.123456Z", "DateTime64(6, 'UTC')"},
		"a moment that leaves 2299":     {"2299-12-31T23:59:59-01:00", "String"},
		"no such offset":                {"2024-01-01T00:00:00+3", "String"},
		"an offset of 99 minutes":       {"2024-01-01T00:00:00+03:99", "String"},
		"moments and times":             {"2024-01-01T00:00:00Z|2024-01-01 00:00:00", "String"},
		"days and times":                {"2024-01-01|2024-01-01 00:00:00", "String"},
		"true and false":                {"true|false|", "Nullable(Bool)"},
		"True":                          {"True|False", "Bool"},
		"two spellings":                 {"True|false", "String"},
		"0 and 1 are numbers":           {"0|1", "Int64"},
		"UUIDs":                         {"61f0c404-5cb3-11e7-907b-a6006ad3dba0|00000000-0000-0000-0000-000000000000", "UUID"},
		"UUIDs in upper case":           {"61F0C404-5CB3-11E7-907B-A6006AD3DBA0", "String"},
		"a dash out of place":           {"61f0c404-5cb3-11e7-907ba-6006ad3dba0", "String"},
		"text":                          {"a|b", "String"},
		"text and blanks":               {"a||b", "String"},
		"numbers and text":              {"1|2|three|4", "String"},
		"the first of many is the text": {"C536379|536365", "String"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := typeOf(bare(strings.Split(c.values, "|"))).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTypeOfJSON(t *testing.T) {
	t.Parallel()
	cell := func(kind Kind, text string) Cell { return Cell{Kind: kind, Text: []byte(text)} }
	for name, c := range map[string]struct {
		cells []Cell
		want  string
	}{
		"numbers":                 {[]Cell{cell(Number, "1"), cell(Number, "2.5")}, "Decimal(18, 1)"},
		"numbers and null":        {[]Cell{cell(Number, "1"), cell(Null, "")}, "Nullable(Int64)"},
		"text of digits":          {[]Cell{cell(Text, "123")}, "String"},
		"text and null":           {[]Cell{cell(Text, "a"), cell(Null, "")}, "Nullable(String)"},
		"empty text is no null":   {[]Cell{cell(Text, "a"), cell(Text, "")}, "String"},
		"a day and an empty text": {[]Cell{cell(Text, "2024-01-01"), cell(Text, "")}, "String"},
		"days":                    {[]Cell{cell(Text, "2024-01-01"), cell(Null, "")}, "Nullable(Date)"},
		"number and text":         {[]Cell{cell(Number, "1"), cell(Text, "1")}, "String"},
		"true":                    {[]Cell{cell(Bool, "true"), cell(Bool, "false")}, "Bool"},
		"true as a text":          {[]Cell{cell(Bool, "true"), cell(Text, "true")}, "String"},
		"objects":                 {[]Cell{cell(Nested, `{"a":1}`)}, "String"},
		"a list and a number":     {[]Cell{cell(Nested, `[1]`), cell(Number, "1")}, "String"},
		"a number of many digits": {[]Cell{cell(Number, "123456789012345678901234567890")}, "String"},
		"a number beyond Float64": {[]Cell{cell(Number, "1e999")}, "String"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := typeOf(c.cells).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A value that was not there when the type was inferred must never be stored as something else.
func TestMisfitsAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		t    Type
		text string
	}{
		"text for Int64":           {Type{Base: Int64}, "a"},
		"too much for Int64":       {Type{Base: Int64}, "9223372036854775808"},
		"negative for UInt64":      {Type{Base: UInt64}, "-1"},
		"too much for UInt64":      {Type{Base: UInt64}, "18446744073709551616"},
		"digits behind the point":  {Type{Base: Decimal, Precision: 18, Scale: 1}, "1.25"},
		"digits before the point":  {Type{Base: Decimal, Precision: 18, Scale: 17}, "10"},
		"a word for Float64":       {Type{Base: Float64}, "one"},
		"1969 for Date":            {Type{Base: Date}, "1969-12-31"},
		"a time for Date32":        {Type{Base: Date32}, "1969-12-31 00:00:00"},
		"a fraction for DateTime":  {Type{Base: DateTime}, "2024-01-01 00:00:00.5"},
		"2110 for DateTime":        {Type{Base: DateTime}, "2110-01-01 00:00:00"},
		"micro for milliseconds":   {Type{Base: DateTime64, Precision: 3}, "2024-01-01 00:00:00.0005"},
		"a number for Bool":        {Type{Base: Boolean}, "1"},
		"a text for UUID":          {Type{Base: UUID}, "x"},
		"nothing for what must be": {Type{Base: Int64}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if row, err := c.t.Append(nil, bare([]string{c.text})[0]); err == nil {
				t.Errorf("%q was written as %s: %x", c.text, c.t, row)
			}
		})
	}
}

func bare(values []string) []Cell {
	cells := make([]Cell, len(values))
	for i, v := range values {
		if v == "" {
			cells[i].Kind = Blank
		}
		cells[i].Text = []byte(v)
	}
	return cells
}

func typeOf(cells []Cell) Type {
	var c Column
	for _, cell := range cells {
		c.Add(cell)
	}
	return c.Type()
}

// FuzzRoundTrip: whatever type is inferred takes every value, and what is stored says the same as the text.
func FuzzRoundTrip(f *testing.F) {
	for _, seed := range []string{
		"1|2|3", "-9223372036854775808|5", "18446744073709551615|0", "1.10|-0.01|3", "0.000000000000000001|99",
		"1e5|nan|0.1", "-0|5", "-0.0|1.5", "2024-02-29|1900-01-01", "2010-12-01 08:26|1969-12-31 23:59:59.999999999",
		"2024-01-01T00:00:00.5+05:45|1970-01-01T00:00Z", "True|False", "61f0c404-5cb3-11e7-907b-a6006ad3dba0|", "|", "a|\\N|''|\x00",
		"99999999999999999999999999999999999999|-1", "00123|1", "2299-12-31T23:59:59Z|2299-12-31 23:59:59",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, joined string) {
		cells := bare(strings.Split(joined, "|"))
		kind := typeOf(cells)
		for _, cell := range cells {
			row, err := kind.Append(nil, cell)
			if err != nil {
				t.Fatalf("%q does not fit %s", cell.Text, kind)
			}
			got, null := render(t, kind, row)
			if null != (kind.Nullable && len(cell.Text) == 0) {
				t.Fatalf("%q as %s: null is %t", cell.Text, kind, null)
			}
			if null {
				continue
			}
			if want := plainly(kind, string(cell.Text)); got != want {
				t.Fatalf("%q as %s came back as %q", cell.Text, kind, got)
			}
		}
	})
}

// render reads an encoded value without any of the code that wrote it.
func render(t *testing.T, kind Type, row []byte) (s string, null bool) {
	t.Helper()
	if kind.Nullable {
		if row[0] == 1 {
			return "", true
		}
		row = row[1:]
	}
	le := binary.LittleEndian
	switch kind.Base {
	case String:
		n, used := binary.Uvarint(row)
		if int(n) != len(row)-used {
			t.Fatalf("a text of %d bytes in %d", n, len(row)-used)
		}
		return string(row[used:]), false
	case Int64:
		return strconv.FormatInt(int64(le.Uint64(row)), 10), false
	case UInt64:
		return strconv.FormatUint(le.Uint64(row), 10), false
	case Decimal:
		return new(big.Rat).SetFrac(signed(row), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(kind.Scale)), nil)).RatString(), false
	case Float64:
		return strconv.FormatFloat(math.Float64frombits(le.Uint64(row)), 'g', -1, 64), false
	case Date:
		return time.Unix(int64(le.Uint16(row))*86400, 0).UTC().Format(time.DateOnly), false
	case Date32:
		return time.Unix(int64(int32(le.Uint32(row)))*86400, 0).UTC().Format(time.DateOnly), false
	case DateTime:
		return time.Unix(int64(le.Uint32(row)), 0).UTC().Format(time.RFC3339Nano), false
	case DateTime64:
		ticks := new(big.Int).Mul(big.NewInt(int64(le.Uint64(row))), big.NewInt(int64(math.Pow10(9-kind.Precision))))
		seconds, nanos := new(big.Int).DivMod(ticks, big.NewInt(1e9), new(big.Int))
		return time.Unix(seconds.Int64(), nanos.Int64()).UTC().Format(time.RFC3339Nano), false
	case Boolean:
		return strconv.FormatBool(row[0] == 1), false
	case UUID:
		var id uuid.UUID
		binary.BigEndian.PutUint64(id[:8], le.Uint64(row))
		binary.BigEndian.PutUint64(id[8:], le.Uint64(row[8:]))
		return id.String(), false
	}
	t.Fatalf("no such type %s", kind)
	return "", false
}

func signed(littleEndian []byte) *big.Int {
	n := new(big.Int)
	for i := len(littleEndian) - 1; i >= 0; i-- {
		n.Add(n.Lsh(n, 8), big.NewInt(int64(littleEndian[i])))
	}
	if littleEndian[len(littleEndian)-1] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(littleEndian))))
	}
	return n
}

// plainly writes the text as render does. Text, integers, days, UUIDs must be the same to the letter.
func plainly(kind Type, s string) string {
	switch kind.Base {
	case Decimal:
		r, _ := new(big.Rat).SetString(s)
		return r.RatString()
	case Float64:
		f, _ := strconv.ParseFloat(s, 64)
		return strconv.FormatFloat(f, 'g', -1, 64)
	case Boolean:
		return strings.ToLower(s)
	case DateTime, DateTime64:
		return readTime(s)
	}
	return s
}

func readTime(s string) string {
	s = strings.Replace(s, "T", " ", 1)
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04"} {
		for _, zone := range []string{"", "Z07:00", "-0700", "-07"} {
			if at, err := time.Parse(layout+zone, s); err == nil {
				return at.UTC().Format(time.RFC3339Nano)
			}
		}
	}
	return "no time: " + s
}
