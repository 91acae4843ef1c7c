package reports

import (
	"fmt"
	"hash/fnv"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Slug is the report's name in URLs, from the name of its file.
func (d *Document) Slug() string { return Slug(d.Name) }

// Slug makes the name of a file, without folder and .md, fit for URLs: lower-case Latin letters, digits and single dashes. Russian
// is written in Latin letters, accents are dropped; a name of other scripts alone becomes report- and a hash of it.
func Slug(name string) string {
	base := strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".md")
	var latin strings.Builder
	for _, r := range strings.ToLower(norm.NFC.String(base)) {
		if letters, ok := russian[r]; ok {
			latin.WriteString(letters)
		} else {
			latin.WriteString(withoutMarks(r))
		}
	}
	words := strings.FieldsFunc(latin.String(), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) > 0 {
		return strings.Join(words, "-")
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(base))
	return fmt.Sprintf("report-%08x", hash.Sum32())
}

// withoutMarks is a letter without its accents.
func withoutMarks(r rune) string {
	return string([]rune(norm.NFD.String(string(r)))[:1])
}

var russian = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y", 'к': "k", 'л': "l",
	'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch",
	'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
}
