package main

import (
	"fmt"
	"sync"

	"github.com/schollz/progressbar/v3"

	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// progress shows a run's progress on a terminal, on the stream of words; it shows nothing elsewhere.
type progress struct {
	mu  sync.Mutex
	bar *progressbar.ProgressBar
	io  streams
}

func newProgress(io streams) *progress { return &progress{io: io} }

// Close takes the bar off the screen. It may be called again.
func (p *progress) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

func (p *progress) show(total int64, format string, args ...any) *progressbar.ProgressBar {
	if !isTerminal(p.io.err) {
		return nil
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(-1, progressbar.OptionSetWriter(p.io.err), progressbar.OptionSetWidth(30),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
	}
	if total > 0 {
		p.bar.ChangeMax64(total)
	}
	p.bar.Describe(fmt.Sprintf(format, args...))
	return p.bar
}

func (p *progress) CellStarted(cell string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.show(0, "%s", cell)
}

func (p *progress) CellProgress(cell string, server source.Progress, received int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	bar := p.show(server.TotalRows, "%s: read %s, received %s", cell, rows(server.ReadRows), rows(received))
	if bar != nil {
		_ = bar.Set64(min(server.ReadRows, max(server.TotalRows, server.ReadRows)))
	}
}

func (p *progress) CellFinished(runner.CellResult) { p.Close() }

func (p *progress) FileStarted(format string, n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.show(0, "writing %s, %s", format, rows(n))
}

func (p *progress) FileProgress(format string, written, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if bar := p.show(total, "writing %s, %s of %s", format, rows(written), rows(total)); bar != nil {
		_ = bar.Set64(written)
	}
}

func (p *progress) FileFinished(runner.Artifact) { p.Close() }

// rows writes a number of rows as 1,234,567 rows.
func rows(n int64) string { return words.Count(n, "row") }

// bytes writes a size as people say it.
func bytes(n int64) string {
	const step = 1024
	if n < step {
		return fmt.Sprintf("%d B", n)
	}
	size, unit := float64(n)/step, 0
	for size >= step && unit < 3 {
		size, unit = size/step, unit+1
	}
	return fmt.Sprintf("%.1f %ciB", size, "KMGT"[unit])
}
