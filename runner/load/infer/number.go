package infer

import (
	"bytes"
	"math"
	"math/bits"
	"strconv"
)

// parseNumber takes -?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)? alone. The zero of a negative number is taken for a float, which
// keeps its sign.
func parseNumber(s []byte) (value, bool) {
	v, rest := value{class: integer}, s
	if rest[0] == '-' {
		v.negative, rest = true, rest[1:]
	}
	v.whole, rest = digits(rest)
	if len(v.whole) == 0 || len(v.whole) > 1 && v.whole[0] == '0' {
		return value{}, false
	}
	if len(rest) > 0 && rest[0] == '.' {
		v.class = fixed
		if v.fraction, rest = digits(rest[1:]); len(v.fraction) == 0 {
			return value{}, false
		}
	}
	if len(rest) > 0 {
		return parseExponent(s, rest)
	}
	if v.whole[0] == '0' {
		v.whole = v.whole[1:]
		if v.negative && v.class == integer {
			v.class = float
		}
	}
	return v, true
}

// parseExponent refuses numbers beyond a Float64's range.
func parseExponent(s, rest []byte) (value, bool) {
	if rest[0] != 'e' && rest[0] != 'E' {
		return value{}, false
	}
	if rest = rest[1:]; len(rest) > 0 && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	if power, rest := digits(rest); len(power) == 0 || len(rest) > 0 {
		return value{}, false
	}
	f, err := strconv.ParseFloat(string(s), 64)
	if err != nil || f == 0 && bytes.ContainsAny(bytes.ToLower(s)[:bytes.IndexAny(s, "eE")], "123456789") {
		return value{}, false
	}
	return value{class: float}, true
}

func digits(s []byte) (head, rest []byte) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n], s[n:]
}

func classifySpecial(s []byte) value {
	if _, ok := parseSpecial(s); ok {
		return value{class: special}
	}
	return value{class: text}
}

func parseSpecial(s []byte) (float64, bool) {
	switch string(s) {
	case "nan", "NaN", "NAN":
		return math.NaN(), true
	case "inf", "Inf", "INF", "Infinity", "infinity":
		return math.Inf(1), true
	case "-inf", "-Inf", "-INF", "-Infinity", "-infinity":
		return math.Inf(-1), true
	}
	return 0, false
}

// magnitude is the absolute value of an integer, if 64 bits hold it.
func magnitude(whole []byte) (uint64, bool) {
	if len(whole) > 20 {
		return 0, false
	}
	var n uint64
	for _, c := range whole {
		high, low := bits.Mul64(n, 10)
		sum, carry := bits.Add64(low, uint64(c-'0'), 0)
		if high|carry != 0 {
			return 0, false
		}
		n = sum
	}
	return n, true
}

// survivesFloat tells whether an integer or fixed-point number is the one that its nearest Float64 is printed as.
func survivesFloat(v value) bool {
	if len(v.whole)+len(v.fraction) <= 15 {
		return true
	}
	number := string(v.whole) + "." + string(v.fraction)
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return false
	}
	shortest := strconv.AppendFloat(nil, f, 'f', -1, 64)
	whole, fraction, _ := bytes.Cut(shortest, []byte{'.'})
	return bytes.Equal(bytes.TrimLeft(whole, "0"), v.whole) &&
		bytes.Equal(bytes.TrimRight(fraction, "0"), bytes.TrimRight(v.fraction, "0"))
}

// unscaled is the number times 10^scale, as two's complement of 128 bits. It must have at most 38 digits.
func unscaled(v value, scale int) (high, low uint64) {
	for _, c := range v.whole {
		high, low = timesTen(high, low, c-'0')
	}
	for i := range scale {
		var digit byte
		if i < len(v.fraction) {
			digit = v.fraction[i] - '0'
		}
		high, low = timesTen(high, low, digit)
	}
	if v.negative {
		var carry uint64
		low, carry = bits.Add64(^low, 1, 0)
		high, _ = bits.Add64(^high, 0, carry)
	}
	return high, low
}

func timesTen(high, low uint64, digit byte) (uint64, uint64) {
	carry, product := bits.Mul64(low, 10)
	sum, more := bits.Add64(product, uint64(digit), 0)
	return high*10 + carry + more, sum
}
