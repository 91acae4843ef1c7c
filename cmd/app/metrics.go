package app

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/telemetry"
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

// engineMemory is absent while this process does not use the engine.
func (s *Service) engineMemory(ctx context.Context) (map[string]float64, error) {
	memory, _, ok, err := s.engineFigures(ctx)
	if err != nil || !ok {
		return nil, err
	}
	return map[string]float64{"": memory}, nil
}
