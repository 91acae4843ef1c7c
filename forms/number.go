package forms

import (
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

const (
	maxNumberLength  = 200 // characters; more is no number anybody means
	maxDecimalDigits = 76  // what Decimal256 of ClickHouse holds
)

// integer is a whole number from -2^63 to 2^64-1.
type integer struct {
	negative bool
	size     uint64
}

var integers = measure[integer]{
	compare: compareIntegers,
	show:    integer.String,
	low:     "min",
	high:    "max",
}

var decimals = measure[decimal.Decimal]{
	compare: decimal.Decimal.Cmp,
	show:    decimal.Decimal.String,
	low:     integers.low,
	high:    integers.high,
}

func (n integer) String() string {
	if n.negative {
		return "-" + strconv.FormatUint(n.size, 10)
	}
	return strconv.FormatUint(n.size, 10)
}

// value is int64, or uint64 where int64 does not hold it.
func (n integer) value() any {
	switch {
	case n.negative:
		return -int64(n.size) // 2^63 wraps to itself
	case n.size > math.MaxInt64:
		return n.size
	}
	return int64(n.size)
}

func compareIntegers(a, b integer) int {
	switch {
	case a.negative && b.negative:
		return cmp.Compare(b.size, a.size)
	case a.negative:
		return -1
	case b.negative:
		return 1
	}
	return cmp.Compare(a.size, b.size)
}

// integerValues are []int64, or []uint64 where one does not fit; a list cannot hold both negative and such large numbers.
func integerValues(list []integer) (any, error) {
	negative, large := false, false
	for _, n := range list {
		negative = negative || n.negative
		large = large || !n.negative && n.size > math.MaxInt64
	}
	if negative && large {
		return nil, mistakef("integer_mix", strconv.FormatInt(math.MaxInt64, 10))
	}
	if !large {
		return mapped(list, func(n integer) int64 { return n.value().(int64) }), nil
	}
	return mapped(list, func(n integer) uint64 { return n.size }), nil
}

func mapped[T, U any](list []T, to func(T) U) []U {
	out := make([]U, len(list))
	for i, item := range list {
		out[i] = to(item)
	}
	return out
}

// plainInteger reads a sign and digits.
func plainInteger(text string) (integer, error) {
	negative, digits := cutSign(text)
	size, err := strconv.ParseUint(digits, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange), err == nil && negative && size > 1<<63:
		return integer{}, mistakef("integer_size", strconv.FormatInt(math.MinInt64, 10), strconv.FormatUint(math.MaxUint64, 10), text)
	case err != nil:
		return integer{}, mistakef("integer", text)
	}
	return integer{negative && size > 0, size}, nil
}

// parseInteger also reads thousands separators, where they can mean nothing else: "1 234 567", "1,234,567", not "1,234".
func parseInteger(text string) (integer, error) {
	text = strings.TrimSpace(text)
	if n, err := plainInteger(text); err == nil {
		return n, nil
	}
	plain, err := plainNumber(text)
	if err != nil {
		return integer{}, err
	}
	if plain == "" {
		return plainInteger(text)
	}
	if whole, fraction, ok := strings.Cut(plain, "."); ok {
		if mayBeThousands(strings.TrimPrefix(whole, "-"), fraction) {
			return integer{}, ambiguous(text, whole, fraction)
		}
		return integer{}, mistakef("integer", text)
	}
	return plainInteger(plain)
}

// jsonInteger writes numbers such as 1e3 and 5.0, which JSON allows for whole numbers, with digits alone.
func jsonInteger(raw any) any {
	number, ok := raw.(json.Number)
	if !ok || !strings.ContainsAny(number.String(), ".eE") {
		return raw
	}
	if d, err := parseDecimal(number.String()); err == nil && d.IsInteger() {
		return d.String()
	}
	return raw
}

var exponent = regexp.MustCompile(`^([+-]?[0-9]*\.?[0-9]*)[eE]([+-]?[0-9]{1,3})$`)

// parseDecimal reads what plainNumber does and exponents, exactly; the result has no trailing zeros after the point.
func parseDecimal(text string) (decimal.Decimal, error) {
	text = strings.TrimSpace(text)
	mantissa, power := text, ""
	if m := exponent.FindStringSubmatch(text); m != nil {
		mantissa, power = m[1], "e"+m[2]
	}
	plain, err := plainNumber(mantissa)
	if err != nil {
		return decimal.Decimal{}, err
	}
	if plain == "" {
		return decimal.Decimal{}, mistakef("decimal", text)
	}
	d, err := decimal.NewFromString(plain + power)
	if err != nil {
		return decimal.Decimal{}, mistakef("decimal", text)
	}
	written := strings.TrimPrefix(d.String(), "-")
	if len(strings.ReplaceAll(strings.TrimPrefix(written, "0."), ".", "")) > maxDecimalDigits {
		return decimal.Decimal{}, mistakef("decimal_digits", maxDecimalDigits, text)
	}
	return decimal.NewFromString(d.String())
}

var thinSpaces = strings.NewReplacer("\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ")

// plainNumber writes a number as "-1234.5": without thousands separators, with a dot for the decimal mark. It is empty for what
// is no number, and a mistake where one comma may separate thousands as well as decimals.
func plainNumber(text string) (string, error) {
	if len(text) > maxNumberLength {
		return "", nil
	}
	negative, body := cutSign(text)
	body = thinSpaces.Replace(body)
	whole, fraction, mark := cutFraction(body)
	if mark == ',' && mayBeThousands(whole, fraction) {
		return "", ambiguous(text, whole, fraction)
	}
	whole = ungroup(whole)
	if mark != 0 && !allDigits(fraction) || !allDigits(whole) && (whole != "" || mark == 0) {
		return "", nil
	}
	if whole == "" {
		whole = "0"
	}
	if mark != 0 {
		whole += "." + fraction
	}
	if negative {
		whole = "-" + whole
	}
	return whole, nil
}

// cutFraction finds the decimal mark: the only comma or dot, or of both kinds the one that comes last.
func cutFraction(body string) (whole, fraction string, mark byte) {
	comma, dot := strings.LastIndexByte(body, ','), strings.LastIndexByte(body, '.')
	at := max(comma, dot)
	if at < 0 || strings.Count(body, body[at:at+1]) > 1 {
		return body, "", 0
	}
	return body[:at], body[at+1:], body[at]
}

// ungroup takes the separator out of groups of three; anything else comes back as it is.
func ungroup(whole string) string {
	at := strings.IndexAny(whole, " ,.")
	if at < 0 {
		return whole
	}
	groups := strings.Split(whole, whole[at:at+1])
	for i, group := range groups {
		if i == 0 && (len(group) == 0 || len(group) > 3 || group[0] == '0') || i > 0 && len(group) != 3 {
			return whole
		}
	}
	return strings.Join(groups, "")
}

// mayBeThousands tells whether "12,345" could be the number 12345.
func mayBeThousands(whole, fraction string) bool {
	return len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0' && allDigits(whole) && len(fraction) == 3 && allDigits(fraction)
}

func ambiguous(text, whole, fraction string) error {
	return mistakef("ambiguous", text, whole+fraction, whole+"."+fraction)
}

func allDigits(text string) bool {
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return text != ""
}

func cutSign(text string) (negative bool, rest string) {
	if rest, ok := strings.CutPrefix(text, "+"); ok {
		return false, rest
	}
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			return true, rest
		}
	}
	return false, text
}
