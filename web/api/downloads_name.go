package api

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// mediaTypes are those of the files that runs write, by the end of their names.
var mediaTypes = map[string]string{
	".xlsx":    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".csv":     "text/csv; charset=utf-8",
	".json":    "application/json",
	".parquet": "application/vnd.apache.parquet",
	".zip":     "application/zip",
}

func mediaType(name string) string {
	if known, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return known
	}
	return "application/octet-stream"
}

// attachment is the Content-Disposition of a file to keep, by RFC 6266: the name itself as RFC 8187 writes it for those who read that,
// and before it one of plain letters for the others.
func attachment(name string) string {
	plain := plainName(name)
	if plain == name {
		return `attachment; filename="` + plain + `"`
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + extended(name)
}

// plainName is the name in letters that every browser takes between quotes. A percent sign is not among them: some read it as the
// beginning of an escape.
func plainName(name string) string {
	var plain strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent that was taken off its letter
		case r < ' ' || r > '~' || strings.ContainsRune(`"\%/`, r):
			plain.WriteByte('_')
		default:
			plain.WriteRune(r)
		}
	}
	return plain.String()
}

// extended escapes all but the attr-char of RFC 8187, byte by byte.
func extended(name string) string {
	const unescaped = "!#$&+-.^_`|~"
	var out strings.Builder
	for _, b := range []byte(strings.ToValidUTF8(name, "\uFFFD")) {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', strings.IndexByte(unescaped, b) >= 0:
			out.WriteByte(b)
		default:
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}
