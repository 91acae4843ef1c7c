//go:build noui

package ui

import "embed"

// built is empty: this binary was made with -tags noui and serves the API without pages.
var built embed.FS
