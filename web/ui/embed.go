//go:build !noui

package ui

import "embed"

// built is what `npm run build` made. In a fresh clone it holds a note alone, and the pages say how to build them.
//
//go:embed all:dist
var built embed.FS
