package forms

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func TestInteger(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: Integer, Label: "Age"}, map[string]reading{
		"digits":              {raw: "42", data: int64(42)},
		"spaces around":       {raw: "\t 42\u00a0", data: int64(42)},
		"plus":                {raw: "+7", data: int64(7)},
		"minus":               {raw: "-7", data: int64(-7)},
		"typographic minus":   {raw: "−7", data: int64(-7)},
		"minus zero":          {raw: "-0", data: int64(0)},
		"leading zeros":       {raw: "007", data: int64(7)},
		"least":               {raw: "-9223372036854775808", data: int64(math.MinInt64)},
		"largest int64":       {raw: "9223372036854775807", data: int64(math.MaxInt64)},
		"above int64":         {raw: "9223372036854775808", data: uint64(1 << 63)},
		"largest":             {raw: json.Number("18446744073709551615"), data: uint64(math.MaxUint64)},
		"uint64":              {raw: uint64(math.MaxUint64), data: uint64(math.MaxUint64)},
		"int":                 {raw: -1, data: int64(-1)},
		"float":               {raw: 3.0, data: int64(3)},
		"largest exact float": {raw: float64(1 << 53), data: int64(1 << 53)},
		"JSON exponent":       {raw: json.Number("1e3"), data: int64(1000)},
		"JSON point":          {raw: json.Number("5.0"), data: int64(5)},
		"spaces between":      {raw: "1 234 567", data: int64(1234567)},
		"no-break spaces":     {raw: "1\u00a0234\u202f567", data: int64(1234567)},
		"commas":              {raw: "-1,234,567", data: int64(-1234567)},
		"dots":                {raw: "1.234.567", data: int64(1234567)},
		"nothing":             {raw: "  "},

		"comma":        {raw: "1,234", mistake: `Age is not clear: "1,234" may mean 1234 or 1.234, so write it without thousands separators.`},
		"dot":          {raw: "1.234", mistake: `Age is not clear: "1.234" may mean 1234 or 1.234, so write it without thousands separators.`},
		"fraction":     {raw: "12.5", mistake: `Age must be a whole number, not "12.5".`},
		"float half":   {raw: 12.5, mistake: `Age must be a whole number, not "12.5".`},
		"mixed groups": {raw: "1 234,567,890", mistake: `Age must be a whole number, not "1 234,567,890".`},
		"short group":  {raw: "1,23,456", mistake: `Age must be a whole number, not "1,23,456".`},
		"too small":    {raw: "-9223372036854775809", mistake: `Age must be from -9223372036854775808 to 18446744073709551615, not "-9223372036854775809".`},
		"too large":    {raw: "18446744073709551616", mistake: `Age must be from -9223372036854775808 to 18446744073709551615, not "18446744073709551616".`},
		"inexact":      {raw: math.Exp2(60), mistake: "Age was sent as the number 1.152921504606847e+18, which is too large to be exact: send it as text."},
		"not a number": {raw: math.NaN(), mistake: "Age must be a number, not NaN."},
		"text":         {raw: "x' OR '1'='1", mistake: `Age must be a whole number, not "x' OR '1'='1".`},
		"hex":          {raw: "0x1F", mistake: `Age must be a whole number, not "0x1F".`},
		"underscore":   {raw: "1_000", mistake: `Age must be a whole number, not "1_000".`},
		"other digits": {raw: "٣", mistake: `Age must be a whole number, not "٣".`},
		"two signs":    {raw: "--1", mistake: `Age must be a whole number, not "--1".`},
		"sign alone":   {raw: "-", mistake: `Age must be a whole number, not "-".`},
		"bool":         {raw: true, mistake: `Age must be a whole number, not "true".`},
		"exponent":     {raw: "1e3", mistake: `Age must be a whole number, not "1e3".`},
		"absurd JSON":  {raw: json.Number("1e999999999"), mistake: `Age must be a whole number, not "1e999999999".`},
	})
}

func TestIntegerBounds(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: Integer, Label: "Share", Min: "-5", Max: uint64(math.MaxUint64) - 1}, map[string]reading{
		"at min":    {raw: "-5", data: int64(-5)},
		"at max":    {raw: "18446744073709551614", data: uint64(math.MaxUint64 - 1)},
		"below min": {raw: "-6", mistake: "Share must be at least -5, not -6."},
		"above max": {raw: "18446744073709551615", mistake: "Share must be at most 18446744073709551614, not 18446744073709551615."},
	})
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	exact := func(text string) decimal.Decimal { return decimal.RequireFromString(text) }
	digits := strings.Repeat("9", 38)
	testReadings(t, Env{}, Field{Type: Input, Kind: Decimal, Label: "Price"}, map[string]reading{
		"dot":                 {raw: "12.5", data: exact("12.5")},
		"comma":               {raw: "12,5", data: exact("12.5")},
		"zero before comma":   {raw: "0,125", data: exact("0.125")},
		"no thousands":        {raw: "1234,567", data: exact("1234.567")},
		"dot before three":    {raw: "1.234", data: exact("1.234")},
		"English":             {raw: "-1,234,567.8", data: exact("-1234567.8")},
		"German":              {raw: "1.234.567,8", data: exact("1234567.8")},
		"Russian":             {raw: "1 234 567,891", data: exact("1234567.891")},
		"no whole part":       {raw: ".5", data: exact("0.5")},
		"exponent":            {raw: "1.5e-3", data: exact("0.0015")},
		"trailing zeros":      {raw: "1.500", data: exact("1.5")},
		"Decimal(38,10)":      {raw: "1234567890123456789012345678.0123456789", data: exact("1234567890123456789012345678.0123456789")},
		"76 digits":           {raw: digits + "." + digits, data: exact(digits + "." + digits)},
		"76 after the point":  {raw: "1e-76", data: exact("1e-76")},
		"float":               {raw: 0.1, data: exact("0.1")},
		"JSON number":         {raw: json.Number("0.10000000000000000001"), data: exact("0.10000000000000000001")},
		"minus zero":          {raw: "-0.0", data: exact("0")},
		"nothing":             {raw: ""},
		"comma before three":  {raw: "1,234", mistake: `Price is not clear: "1,234" may mean 1234 or 1.234, so write it without thousands separators.`},
		"77 digits":           {raw: "1" + digits + "." + digits, mistake: `Price must have at most 76 digits, unlike "1` + digits + "." + digits[:20] + `…".`},
		"77 after the point":  {raw: "1e-77", mistake: `Price must have at most 76 digits, unlike "1e-77".`},
		"large exponent":      {raw: "1e999", mistake: `Price must have at most 76 digits, unlike "1e999".`},
		"absurd exponent":     {raw: "1e999999999", mistake: `Price must be a number such as 12.5, not "1e999999999".`},
		"NaN":                 {raw: "NaN", mistake: `Price must be a number such as 12.5, not "NaN".`},
		"infinity":            {raw: math.Inf(-1), mistake: "Price must be a number, not -Inf."},
		"two marks":           {raw: "1.2.3", mistake: `Price must be a number such as 12.5, not "1.2.3".`},
		"mark alone":          {raw: ".", mistake: `Price must be a number such as 12.5, not ".".`},
		"nothing after point": {raw: "5.", mistake: `Price must be a number such as 12.5, not "5.".`},
		"exponent alone":      {raw: "e5", mistake: `Price must be a number such as 12.5, not "e5".`},
		"currency":            {raw: "$100", mistake: `Price must be a number such as 12.5, not "$100".`},
	})
}

func TestDecimalBounds(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: Decimal, Label: "Share", Min: 0, Max: "0.5"}, map[string]reading{
		"at max": {raw: "0,50", data: decimal.RequireFromString("0.5")},
		"above":  {raw: "0.500000000000000000001", mistake: "Share must be at most 0.5, not 0.500000000000000000001."},
		"below":  {raw: "-0.1", mistake: "Share must be at least 0, not -0.1."},
	})
}
