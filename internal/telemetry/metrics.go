// Package telemetry is the adapter of Prometheus and OpenTelemetry: what an operator watches.
package telemetry

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics answer the questions of whoever operates the service. Durations are in seconds, sizes in bytes.
type Metrics struct {
	registry *prometheus.Registry

	runs        *prometheus.CounterVec
	runSeconds  *prometheus.HistogramVec
	waitSeconds prometheus.Histogram
	cellSeconds *prometheus.HistogramVec
	rows        prometheus.Counter
	fileBytes   *prometheus.CounterVec
	takenUp     prometheus.Counter
	requests    *prometheus.HistogramVec
}

// runBuckets reach from a query of a millisecond to an export of an hour.
var runBuckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600}

// NewMetrics makes the metrics of one process.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "vitrina_runs_total",
			Help: "Runs this process has ended, by status and, when they failed, by the kind of cause."}, []string{"status", "cause"}),
		runSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "vitrina_run_seconds", Buckets: runBuckets,
			Help: "Time of runs from start to end, by report."}, []string{"report", "status"}),
		waitSeconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "vitrina_run_wait_seconds", Buckets: runBuckets,
			Help: "Time runs waited in the queue before they started."}),
		cellSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "vitrina_query_seconds", Buckets: runBuckets,
			Help: "Time of the queries of cells, by source."}, []string{"source", "outcome"}),
		rows: prometheus.NewCounter(prometheus.CounterOpts{Name: "vitrina_rows_received_total", Help: "Rows that cells have received."}),
		fileBytes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "vitrina_file_bytes_total",
			Help: "Bytes of the files that runs have written, by format."}, []string{"format"}),
		takenUp: prometheus.NewCounter(prometheus.CounterOpts{Name: "vitrina_runs_taken_up_total",
			Help: "Runs this process took up from one that was killed or hung."}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "vitrina_http_request_seconds", Buckets: runBuckets,
			Help: "Time of HTTP requests, by route and status."}, []string{"method", "route", "status"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "vitrina_build_info", Help: "1, with the version as label."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.registry.MustRegister(m.runs, m.runSeconds, m.waitSeconds, m.cellSeconds, m.rows, m.fileBytes, m.takenUp, m.requests, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler serves the metrics in Prometheus's format.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// RunEnded counts a run. cause is the code of its error, empty without one.
func (m *Metrics) RunEnded(report, status, cause string, waited, took time.Duration) {
	m.runs.WithLabelValues(status, cause).Inc()
	m.runSeconds.WithLabelValues(report, status).Observe(took.Seconds())
	m.waitSeconds.Observe(waited.Seconds())
}

// CellEnded counts the query of a cell.
func (m *Metrics) CellEnded(source string, failed bool, rows int64, seconds float64) {
	outcome := "succeeded"
	if failed {
		outcome = "failed"
	}
	m.cellSeconds.WithLabelValues(source, outcome).Observe(seconds)
	m.rows.Add(float64(rows))
}

// FileWritten counts a file.
func (m *Metrics) FileWritten(format string, bytes int64) {
	m.fileBytes.WithLabelValues(format).Add(float64(bytes))
}

// TakenUp counts a run that another process had begun.
func (m *Metrics) TakenUp() { m.takenUp.Inc() }

// Request counts an HTTP request by its route's pattern, never by its path.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// Gauge is a value asked for at each scrape.
type Gauge struct {
	Name, Help string
	Label      string // name of its one label; empty for none
	// Read returns the values by label (by "" without one). A gauge that cannot be read is left out of that scrape.
	Read func(ctx context.Context) (map[string]float64, error)
}

// Watch adds gauges. Names must be new.
func (m *Metrics) Watch(gauges ...Gauge) {
	for _, gauge := range gauges {
		m.registry.MustRegister(&asked{gauge: gauge, desc: describe(gauge)})
	}
}

func describe(gauge Gauge) *prometheus.Desc {
	if gauge.Label == "" {
		return prometheus.NewDesc(gauge.Name, gauge.Help, nil, nil)
	}
	return prometheus.NewDesc(gauge.Name, gauge.Help, []string{gauge.Label}, nil)
}

// scrapeTime is how long a scrape waits for one gauge.
const scrapeTime = 2 * time.Second

type asked struct {
	gauge Gauge
	desc  *prometheus.Desc
}

func (a *asked) Describe(ch chan<- *prometheus.Desc) { ch <- a.desc }

func (a *asked) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	values, err := a.gauge.Read(ctx)
	if err != nil {
		return
	}
	for label, value := range values {
		if a.gauge.Label == "" {
			ch <- prometheus.MustNewConstMetric(a.desc, prometheus.GaugeValue, value)
			continue
		}
		ch <- prometheus.MustNewConstMetric(a.desc, prometheus.GaugeValue, value, label)
	}
}
