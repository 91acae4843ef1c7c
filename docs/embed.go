// Package docs is the documentation as it is written: Markdown that reads well where the sources are kept, and that web/help shows as
// pages. README.md is the table of contents; ru holds what is translated, under the same names.
package docs

import "embed"

//go:embed *.md ru/*.md
var Files embed.FS
