package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNamesAreSafeEverywhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"cards 2024-01-01":        "cards 2024-01-01.xlsx",
		"Карты партнёра":          "Карты партнёра.xlsx",
		`a<b>c:d"e/f\g|h?i*j`:     "a_b_c_d_e_f_g_h_i_j.xlsx",
		"../../etc/passwd":        "_.._etc_passwd.xlsx",
		"..":                      "report.xlsx",
		".hidden":                 "hidden.xlsx",
		"dots...":                 "dots.xlsx",
		"  spaces \t\n here  ":    "spaces here.xlsx",
		"":                        "report.xlsx",
		" . ":                     "report.xlsx",
		"\x00\x01\x7f":            "report.xlsx",
		"nul\x00byte":             "nulbyte.xlsx",
		"CON":                     "_CON.xlsx",
		"con":                     "_con.xlsx",
		"nul.tar":                 "_nul.tar.xlsx",
		"COM1":                    "_COM1.xlsx",
		"lpt9 ":                   "_lpt9.xlsx",
		"COM0":                    "COM0.xlsx",
		"COM10":                   "COM10.xlsx",
		"COM¹":                    "_COM¹.xlsx",
		"CONSOLE":                 "CONSOLE.xlsx",
		"\u202egpj.exe":           "gpj.exe.xlsx",
		"zero\u200bwidth\ufeff":   "zerowidth.xlsx",
		"e\u0301":                 "é.xlsx",
		"report.xlsx":             "report.xlsx",
		"Report.XLSX":             "Report.xlsx",
		".xlsx":                   "xlsx.xlsx",
		"bad\xffbyte":             "bad_byte.xlsx",
		"line\u2028separator":     "line separator.xlsx",
		"emoji 😀":                 "emoji 😀.xlsx",
		"-rf":                     "-rf.xlsx",
		strings.Repeat("ж", 300):  strings.Repeat("ж", 97) + ".xlsx",
		strings.Repeat("x ", 300): strings.TrimSpace(strings.Repeat("x ", 98)[:195]) + ".xlsx",
	} {
		if got := Filename(text, "xlsx"); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestTheMarkStaysHoweverLongTheName(t *testing.T) {
	t.Parallel()
	if got := MarkedFilename(strings.Repeat("ж", 300), " (cut at 10 rows)", "csv"); got != strings.Repeat("ж", 89)+" (cut at 10 rows).csv" {
		t.Error(got)
	}
}

func FuzzFilename(f *testing.F) {
	for _, text := range naughty {
		f.Add(text)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		name := Filename(text, "csv")
		if len(name) > maxFileName || !utf8.ValidString(name) || !norm.NFC.IsNormalString(name) || name != filepath.Base(name) ||
			strings.HasPrefix(name, ".") || !strings.HasSuffix(name, ".csv") || name != Filename(name, "csv") {
			t.Fatalf("%q became %q", text, name)
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_ = os.Remove(filepath.Join(dir, name))
	})
}

func TestNamesAreUniqueWhateverTheirCase(t *testing.T) {
	t.Parallel()
	names := Filenames{}
	long := strings.Repeat("x", maxFileName-5) + ".xlsx"
	for _, c := range [][2]string{{"a.csv", "a.csv"}, {"A.csv", "A (2).csv"}, {"a.csv", "a (3).csv"}, {"a.xlsx", "a.xlsx"}, {long, long},
		{long, strings.Repeat("x", maxFileName-9) + " (2).xlsx"}} {
		if got := names.Take(c[0]); got != c[1] {
			t.Errorf("%s became %s, want %s", c[0], got, c[1])
		}
	}
}
