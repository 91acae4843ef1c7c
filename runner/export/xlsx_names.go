package export

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxSheetName is Excel's, in UTF-16 units.
const maxSheetName = 31

// sheetNames are the names taken in a workbook, in lower case, as Excel tells them apart.
type sheetNames map[string]bool

// take makes of name one that Excel allows and that is not taken, and takes it.
func (s sheetNames) take(name string) string {
	clean := cleanSheetName(name)
	unique := clean
	for n := 2; s[strings.ToLower(unique)]; n++ {
		unique = withNumber(clean, n)
	}
	s[strings.ToLower(unique)] = true
	return unique
}

// withNumber appends " (n)" within the length allowed.
func withNumber(name string, n int) string {
	suffix := fmt.Sprintf(" (%d)", n)
	return strings.TrimRight(cutUnits(name, maxSheetName-len(suffix)), " ") + suffix
}

// cleanSheetName replaces what Excel refuses: : \ / ? * [ ] and control characters anywhere, an apostrophe at either end, the name
// "History", which it keeps for itself.
func cleanSheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r), r == utf8.RuneError, r == 0xFFFE, r == 0xFFFF:
			return '_'
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	name = cutUnits(strings.Trim(name, " '"), maxSheetName)
	name = strings.TrimRight(name, " '")
	switch {
	case name == "":
		return "Sheet"
	case strings.EqualFold(name, "History"):
		return name + "_"
	}
	return name
}

// cutUnits keeps whole characters up to so many UTF-16 units.
func cutUnits(s string, most int) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > most {
			return s[:i]
		}
	}
	return s
}
