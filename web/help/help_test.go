package help

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"github.com/vitrina-reports/vitrina/docs"
)

// builds are the site as the product serves it and as files.
func builds(t *testing.T) map[string]*Site {
	t.Helper()
	all := map[string]*Site{}
	for _, base := range []string{Root, ""} {
		site, err := New(docs.Files, Options{Base: base})
		if err != nil {
			t.Fatal(err)
		}
		all["base "+base] = site
	}
	return all
}

// pagesOf are the pages of a site, parsed, by their paths.
func pagesOf(t *testing.T, site *Site) map[string]*html.Node {
	t.Helper()
	pages := map[string]*html.Node{}
	for at, f := range site.files {
		if !strings.HasPrefix(f.kind, "text/html") {
			continue
		}
		root, err := html.Parse(strings.NewReader(string(f.body)))
		if err != nil {
			t.Fatal(err)
		}
		pages[at] = root
	}
	if len(pages) < 48 {
		t.Fatalf("%d pages", len(pages))
	}
	return pages
}

func elements(root *html.Node, tag string) []*html.Node {
	var all []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (tag == "" || n.Data == tag) {
			all = append(all, n)
		}
	}
	return all
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// ids are the anchors of a page; one that is there twice is a mistake.
func ids(t *testing.T, at string, root *html.Node) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, n := range elements(root, "") {
		if id := attribute(n, "id"); id != "" {
			if all[id] {
				t.Errorf("%s has the anchor %s twice", at, id)
			}
			all[id] = true
		}
	}
	return all
}

func TestEveryLinkAndAnchorLeadsSomewhere(t *testing.T) {
	t.Parallel()
	for name, site := range builds(t) {
		pages, anchors, files := pagesOf(t, site), map[string]map[string]bool{}, map[string]string{}
		for at := range site.files {
			files[site.options.Base+fileFor(site, at)] = at
		}
		for at, root := range pages {
			anchors[at] = ids(t, at, root)
		}
		for at, root := range pages {
			for _, n := range elements(root, "") {
				for _, key := range []string{"href", "src", "data-index"} {
					if link := attribute(n, key); link != "" {
						if wrong := follow(site, files, anchors, at, link); wrong != "" {
							t.Errorf("%s: %s leads to %s, %s", name, at, link, wrong)
						}
					}
				}
			}
		}
	}
}

// fileFor is the address of a path below the base.
func fileFor(site *Site, at string) string {
	if site.options.Base != "" {
		return at
	}
	return fileOf(at)
}

// follow says what is wrong with a link, if anything.
func follow(site *Site, files map[string]string, anchors map[string]map[string]bool, at, link string) string {
	target, anchor, _ := strings.Cut(link, "#")
	switch {
	case strings.HasPrefix(link, "https://"):
		return ""
	case target == "":
		target = site.options.Base + fileFor(site, at)
	case site.options.Base == "":
		target = path.Join(path.Dir(fileOf(at)), target)
	case target == "/" || target == "/api/docs":
		return ""
	}
	to, there := files[target]
	switch {
	case !there:
		return "which is not there"
	case anchor != "" && !anchors[to][anchor]:
		return "an anchor that is not there"
	}
	return ""
}

func TestEveryPageHasOneTitle(t *testing.T) {
	t.Parallel()
	for name, site := range builds(t) {
		seen := map[string]string{}
		for at, root := range pagesOf(t, site) {
			if n := len(elements(root, "h1")); n != 1 {
				t.Errorf("%s: %s has %d titles", name, at, n)
			}
			title := elements(root, "title")[0].FirstChild.Data
			folder, _, _ := strings.Cut(at+"/", "/")
			if other, twice := seen[folder+title]; twice && folder == "ru" {
				t.Errorf("%s: %s and %s are both called %s", name, at, other, title)
			}
			seen[folder+title] = at
			language := "en"
			if strings.HasPrefix(at, "ru/") {
				language = "ru"
			}
			if got := attribute(elements(root, "html")[0], "lang"); got != language {
				t.Errorf("%s: %s says it is in %q", name, at, got)
			}
		}
	}
}

var void = []string{"meta", "link", "img", "br", "hr", "input", "!doctype"}

// Every element is closed in its place and no attribute is there twice, so that no browser has to guess.
func TestPagesAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, site := range builds(t) {
		for at, f := range site.files {
			if strings.HasPrefix(f.kind, "text/html") {
				if err := wellFormed(string(f.body)); err != nil {
					t.Errorf("%s: %v", at, err)
				}
			}
		}
	}
}

func wellFormed(page string) error {
	tokens := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("<%s> does not end", open[len(open)-1])
			}
			return nil
		case html.StartTagToken:
			token := tokens.Token()
			seen := map[string]bool{}
			for _, a := range token.Attr {
				if seen[a.Key] {
					return fmt.Errorf("<%s> has %s twice", token.Data, a.Key)
				}
				seen[a.Key] = true
			}
			if token.Data == "p" && slices.Contains(open, "p") {
				return fmt.Errorf("<p> in <p>")
			}
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name := tokens.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				return fmt.Errorf("</%s> ends %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// The policy allows no script, style or handler within a page, and nothing from elsewhere.
func TestPagesKeepThePolicy(t *testing.T) {
	t.Parallel()
	if strings.Contains(Policy, "unsafe") || strings.Contains(Policy, "http") {
		t.Errorf("the policy is %s", Policy)
	}
	for _, site := range builds(t) {
		for at, root := range pagesOf(t, site) {
			for _, n := range elements(root, "") {
				for _, a := range n.Attr {
					if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
						t.Errorf("%s: <%s %s=%q>", at, n.Data, a.Key, a.Val)
					}
					if (a.Key == "src" || n.Data == "link" && a.Key == "href") && strings.Contains(a.Val, "//") {
						t.Errorf("%s takes %s from elsewhere", at, a.Val)
					}
				}
				if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
					t.Errorf("%s has a <%s> within it", at, n.Data)
				}
			}
		}
		for at, f := range site.files {
			if f.fixed && regexp.MustCompile(`url\(|@import|https?://[^w]`).Match(f.body) {
				t.Errorf("%s takes something from elsewhere", at)
			}
		}
	}
}

// What is not translated is shown in English, says so in Russian, and is marked as English for those who listen.
func TestPagesThatAreNotTranslated(t *testing.T) {
	t.Parallel()
	site := builds(t)["base "+Root]
	note := languages[1].Words.NotTranslated
	for _, e := range []struct {
		slug       string
		translated bool
	}{{"fields", true}, {"running", true}, {"commands", false}, {"service", false}} {
		page := string(site.files["ru/"+e.slug].body)
		if strings.Contains(page, note) == e.translated || strings.Contains(page, `<article lang="ru">`) != e.translated {
			t.Errorf("%s: translated is %v", e.slug, e.translated)
		}
		if strings.Contains(string(site.files[e.slug].body), note) {
			t.Errorf("%s says in English that it is not translated", e.slug)
		}
	}
}

// An anchor means the same in every language; the one that git hosts make of a translated heading works too.
func TestAnchorsAreTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	site := builds(t)["base "+Root]
	for _, slug := range []string{"fields", "results"} {
		english, russian := pagesOf(t, site)[slug], pagesOf(t, site)["ru/"+slug]
		have := ids(t, slug, russian)
		for id := range ids(t, slug, english) {
			if !have[id] {
				t.Errorf("%s has no #%s in Russian", slug, id)
			}
		}
	}
	if russian := ids(t, "ru/fields", pagesOf(t, site)["ru/fields"]); !russian["относительные-даты"] {
		t.Errorf("the anchors of the Russian headings are gone: %v", slices.Sorted(maps.Keys(russian)))
	}
}

func TestWhatIsWrongWithDocumentationIsTold(t *testing.T) {
	t.Parallel()
	good := func() fstest.MapFS {
		return fstest.MapFS{
			"README.md":    {Data: []byte("# Help\n\n## First\n\n- [One](one.md): it.\n")},
			"one.md":       {Data: []byte("# One\n\n## Two\n")},
			"ru/README.md": {Data: []byte("# Справка\n\n## Первое\n\n- [Один](one.md): он.\n")},
			"ru/one.md":    {Data: []byte("# Один\n\n## Два\n")},
		}
	}
	if _, err := New(good(), Options{Base: Root}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"a dead link":          {"one.md", "# One\n\n## Two\n[x](three.md)\n", "three.md"},
		"a dead anchor":        {"one.md", "# One\n\n## Two\n[x](#three)\n", "no heading"},
		"an anchor elsewhere":  {"ru/one.md", "# Один\n\n## Два\n[x](one.md#two)\n", "no heading"},
		"a page in no list":    {"three.md", "# Three\n", "no contents lead to docs/three.md"},
		"no title":             {"one.md", "One\n", "does not begin with a heading"},
		"another structure":    {"ru/one.md", "# Один\n", "1 headings"},
		"another level":        {"ru/one.md", "# Один\n\n### Два\n", "another level"},
		"a translation alone":  {"ru/two.md", "# Два\n", "translates no page"},
		"contents of another":  {"ru/README.md", "# Справка\n\n## Первое\n", "different pages"},
		"contents to no page":  {"README.md", "# Help\n\n## First\n\n- [Two](two.md)\n", "two stands where the translation has one"},
		"an item with no link": {"README.md", "# Help\n\n## First\n\n- One\n", "begins with a link"},
		"contents to nothing":  {"one.md", "", "one.md, which is not there"},
	} {
		files := good()
		files[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if c.text == "" {
			delete(files, c.file)
			delete(files, "ru/"+c.file)
		}
		if _, err := New(files, Options{Base: Root}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestColoursKeepTheText(t *testing.T) {
	t.Parallel()
	tags := regexp.MustCompile(`<[^>]+>`)
	for _, language := range []string{"sql", "yaml", "markdown", "sh", "", "other"} {
		for _, code := range []string{
			"SELECT 'it''s {{ .x }}' -- <b>\nFROM t WHERE a < {{ printf \"%s}}\" .q }}", "---\ntitle: \"a: {{ .b }}\" # c\n---\n# H\n```sql a\nSELECT 1\n```\n```chart b\ntype: bar\n```\n",
			"```sql x\nnever closed", "{{ unclosed", "'unclosed <script>alert(1)</script>", "# only", "",
		} {
			got := html.UnescapeString(tags.ReplaceAllString(coloured(language, code), ""))
			if got != code {
				t.Errorf("%s: %q became %q", language, code, got)
			}
		}
	}
	if got := coloured("sql", "<script>"); got != "&lt;script&gt;" {
		t.Errorf("got %s", got)
	}
}
