package forms

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
)

// lengths count characters, that is code points.
var lengths = measure[int]{
	compare: cmp.Compare[int],
	show:    strconv.Itoa,
	low:     "min_length",
	high:    "max_length",
}

// textReader checks length and pattern and leaves the text as it is.
func textReader(f *Field) (func(string) (string, error), error) {
	limits, err := readBounds(f, lengths, parseLength)
	if err != nil {
		return nil, err
	}
	fits, err := f.patternCheck()
	if err != nil {
		return nil, err
	}
	return func(text string) (string, error) {
		if limits.min != nil || limits.max != nil {
			if err := limits.check(utf8.RuneCountInString(text)); err != nil {
				return "", err
			}
		}
		return text, fits(text)
	}, nil
}

func parseLength(text string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("must be a number of characters, not %s", quoted(text))
	}
	return n, nil
}

// patternCheck holds a value against the field's pattern, which must match from its first character to its last.
func (f *Field) patternCheck() (func(string) error, error) {
	if f.Pattern == "" {
		return func(string) error { return nil }, nil
	}
	pattern, err := wholeMatch(f.Pattern)
	if err != nil {
		return nil, f.misdeclared("pattern", err)
	}
	return func(text string) error {
		if pattern.MatchString(text) {
			return nil
		}
		return mistakef("pattern", f.Pattern, text)
	}, nil
}

// wholeMatch parses before it anchors, so that an open \Q or a stray parenthesis cannot swallow the anchors.
func wholeMatch(pattern string) (*regexp.Regexp, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("is not a regular expression of RE2 syntax: %s", clip(err.Error()))
	}
	whole, err := regexp.Compile(`\A(?:` + parsed.String() + `)\z`)
	if err != nil {
		return nil, errors.New("is too large a regular expression")
	}
	return whole, nil
}

var truths = map[string]bool{
	"true": true, "1": true, "yes": true, "on": true, "да": true,
	"false": false, "0": false, "no": false, "off": false, "нет": false,
}

func parseBoolean(text string) (any, error) {
	truth, ok := truths[strings.ToLower(text)]
	if !ok {
		return nil, mistakef("boolean", text)
	}
	return truth, nil
}
