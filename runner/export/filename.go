package export

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFileName is the length of a name in bytes, extension included. File systems allow 255; some room is left for what is put
// around it while the file is written.
const maxFileName = 200

// Filename makes a name for a file out of any text, with the extension ("xlsx"), safe on Windows, macOS and Linux: no characters they
// refuse or that cannot be seen, no names Windows keeps for devices, no dots or spaces at either end. A text of which nothing is left
// becomes "report".
func Filename(text, ext string) string { return MarkedFilename(text, "", ext) }

// MarkedFilename is Filename with a mark at the end of the name that stays however long the text is, such as " (cut at 10 rows)".
func MarkedFilename(text, mark, ext string) string {
	ext = "." + ext
	text = norm.NFC.String(strings.Map(safeRune, strings.ToValidUTF8(text, "_")))
	text = strings.TrimSpace(text)
	if len(text) > len(ext) && strings.EqualFold(text[len(text)-len(ext):], ext) {
		text = text[:len(text)-len(ext)]
	}
	name := cutBytes(trimName(text), maxFileName-len(mark)-len(ext))
	if name = trimName(name); name == "" {
		name = "report"
	}
	if reserved(name) {
		name = "_" + name
	}
	return name + mark + ext
}

// safeRune replaces a character that some file system refuses, and drops (-1) those that cannot be seen, such as marks that turn the
// direction of writing and make "gpj.exe" look like "exe.jpg".
func safeRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case strings.ContainsRune(`<>:"/\|?*`, r), r == utf8.RuneError:
		return '_'
	case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs):
		return -1
	}
	return r
}

// trimName takes spaces and dots off the ends and makes runs of spaces one.
func trimName(name string) string { return strings.Trim(strings.Join(strings.Fields(name), " "), " .") }

func cutBytes(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// reserved tells whether Windows takes the name for a device, whatever extension follows.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	prefix, digit := cutBytes(stem, 3), strings.TrimPrefix(strings.TrimPrefix(stem, "COM"), "LPT")
	return (prefix == "COM" || prefix == "LPT") && len(stem) > 3 && strings.Contains("123456789¹²³", digit) &&
		utf8.RuneCountInString(digit) == 1
}

// Filenames are the names taken in one place, as a file system that ignores case tells them apart.
type Filenames map[string]bool

// Take returns name, or "name (2).xlsx" and so on when it is taken, and takes it.
func (f Filenames) Take(name string) string {
	unique := name
	for n := 2; f[strings.ToLower(unique)]; n++ {
		unique = numbered(name, n)
	}
	f[strings.ToLower(unique)] = true
	return unique
}

// numbered puts " (n)" before the extension.
func numbered(name string, n int) string {
	ext := filepath.Ext(name)
	suffix := fmt.Sprintf(" (%d)%s", n, ext)
	stem := strings.TrimSuffix(name, ext)
	return trimName(cutBytes(stem, maxFileName-len(suffix))) + suffix
}
