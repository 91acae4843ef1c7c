package help

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

var linked = regexp.MustCompile(`paths\.help\("([^"]*)"(?:, "([^"]*)")?\)|<HelpLink\s+page="([^"]*)"(?:\s+anchor="([^"]*)")?`)

// The pages of the product lead to pages of the help, and to places on them, that are there.
func TestThePagesLeadToHelpThatIsThere(t *testing.T) {
	t.Parallel()
	pages := pagesOf(t, builds(t)["base "+Root])
	links := 0
	err := fs.WalkDir(os.DirFS("../ui/src"), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".tsx") {
			return err
		}
		text, err := os.ReadFile("../ui/src/" + name)
		if err != nil {
			return err
		}
		for _, m := range linked.FindAllSubmatch(text, -1) {
			links++
			page, anchor := string(m[1])+string(m[3]), string(m[2])+string(m[4])
			for _, folder := range []string{"", "ru/"} {
				root := pages[folder+page]
				if root == nil || anchor != "" && !ids(t, page, root)[anchor] {
					t.Errorf("%s leads to %s#%s, which is not there", name, folder+page, anchor)
				}
			}
		}
		return nil
	})
	if err != nil || links < 5 {
		t.Errorf("%d links, %v", links, err)
	}
}
