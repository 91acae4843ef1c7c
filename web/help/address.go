package help

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
)

// address is how the page at one path of the site links to another.
func (s *Site) address(from, to string) string {
	if s.options.Base != "" {
		return s.options.Base + to
	}
	return strings.Repeat("../", strings.Count(from, "/")) + fileOf(to)
}

// fileOf is the file a path of the site is written to.
func fileOf(to string) string {
	switch {
	case to == "" || strings.HasSuffix(to, "/"):
		return to + "index.html"
	case path.Ext(to) == "":
		return to + ".html"
	}
	return to
}

var kinds = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// assets takes in what is not written in Markdown, under names that change with what they hold.
func (b *builder) assets() error {
	for name, address := range map[string]*string{"help.css": &b.style, "help.js": &b.script, "icon.svg": &b.icon} {
		body, err := fs.ReadFile(assets, "assets/"+name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		*address = "assets/" + strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
		b.site.files[*address] = file{kind: kinds[ext], body: body, fixed: true}
	}
	return nil
}
