package app

import (
	"context"
	"strconv"
	"time"

	"github.com/vitrina-reports/vitrina/internal/telemetry"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

// watchMetrics adds what is asked for at each scrape. Everybody who scrapes several processes sees the queue in each: it is one.
func (s *Service) watchMetrics() {
	s.metrics.Watch(
		telemetry.Gauge{Name: "vitrina_runs_queued", Help: "Runs that wait, over all processes.", Read: s.queued},
		telemetry.Gauge{Name: "vitrina_queue_oldest_seconds", Help: "How long the run that has waited longest has waited; 0 when none waits.", Read: s.queueAge},
		telemetry.Gauge{Name: "vitrina_runs_running", Help: "Runs that are running, over all processes, by source.", Label: "source", Read: s.runningRuns},
		telemetry.Gauge{Name: "vitrina_processes", Help: "Processes that share the work and were seen within the last minute.", Read: s.processes},
		telemetry.Gauge{Name: "vitrina_engine_memory_bytes", Help: "Memory that the embedded engine uses; absent while this process does not use it.", Read: s.engineMemory},
	)
}

func (s *Service) queued(ctx context.Context) (map[string]float64, error) {
	stats, err := s.Jobs.Stats(ctx)
	return map[string]float64{"": float64(stats.Queued)}, err
}

func (s *Service) queueAge(ctx context.Context) (map[string]float64, error) {
	stats, err := s.Jobs.Stats(ctx)
	if stats.Oldest.IsZero() {
		return map[string]float64{"": 0}, err
	}
	return map[string]float64{"": time.Since(stats.Oldest).Seconds()}, err
}

func (s *Service) runningRuns(ctx context.Context) (map[string]float64, error) {
	stats, err := s.Jobs.Stats(ctx)
	running := map[string]float64{}
	for source, runs := range stats.Running {
		running[source] = float64(runs)
	}
	return running, err
}

func (s *Service) processes(ctx context.Context) (map[string]float64, error) {
	all, err := s.Jobs.Processes(ctx)
	alive := 0
	for _, process := range all {
		if time.Since(process.Seen) < goneAfter {
			alive++
		}
	}
	return map[string]float64{"": float64(alive)}, err
}

// engineMemory asks the embedded engine if this process uses it, and never starts it.
func (s *Service) engineMemory(ctx context.Context) (map[string]float64, error) {
	bench, ok := s.app.sources.present(runner.Workbench)
	if !ok {
		return nil, nil
	}
	query := source.Query{Owner: true, Statement: templates.Statement{Parts: []templates.Part{
		{Text: "SELECT toString(value) FROM system.metrics WHERE metric = 'MemoryTracking'"},
	}}}
	stream, err := bench.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = stream.Close() }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil || !rows.Next() {
		return nil, err
	}
	bytes, err := strconv.ParseFloat(string(rows.Row()[0].AppendText(nil)), 64)
	return map[string]float64{"": bytes}, err
}
