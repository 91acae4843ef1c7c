package catalog

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// titleOf is the title of a document that may be half-written: it needs neither the rest of the front matter to be right nor its end to
// be there. It is in one line, and empty when there is none.
func titleOf(document []byte) string {
	var front struct{ Title string }
	written := titleLines(strings.ToValidUTF8(string(document), "\uFFFD"))
	title := strings.TrimPrefix(strings.TrimSpace(written), "title:")
	if err := yaml.Unmarshal([]byte(written), &front); err == nil {
		title = front.Title
	}
	title = strings.Map(printable, strings.Join(strings.Fields(title), " "))
	if runes := []rune(title); len(runes) > longestTitle {
		return string(runes[:longestTitle-1]) + "…"
	}
	return title
}

// longestTitle is as many characters of a draft's title as are shown.
const longestTitle = 300

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// titleLines are the lines of the front matter that say the title, as YAML of their own.
func titleLines(document string) string {
	var title strings.Builder
	for i, line := range strings.Split(strings.TrimPrefix(document, "\uFEFF"), "\n") {
		line = strings.TrimRight(line, "\r \t")
		switch {
		case i == 0 && line != "---":
			return ""
		case i > 0 && line == "---", title.Len() > 0 && line != "" && !strings.HasPrefix(line, " "):
			return title.String()
		case title.Len() > 0 || strings.HasPrefix(line, "title:"):
			title.WriteString(line + "\n")
		}
	}
	return title.String()
}
