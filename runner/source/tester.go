package source

import "context"

// Tester is a source that tells what is wrong with its address, in words for whoever typed it in.
type Tester interface {
	Source
	// Test connects and looks around. Its error has a *Trouble in its chain: what is there instead, if it is not what was expected, and what to do.
	// The deadline of ctx bounds it; it needs some of that time to find out why nothing answers.
	Test(ctx context.Context) (Found, error)
}

// Found is what a source is.
type Found struct {
	Product string // as in ClickHouse
	Version string
	Tables  int // that its user may read, without those of the server itself
}
