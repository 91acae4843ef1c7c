package telemetry

import (
	"context"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Tracing tells whether OpenTelemetry's standard variables name an endpoint.
func Tracing() bool {
	return os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// StartTracing sends spans to the endpoint of OpenTelemetry's standard variables; without one nothing is traced. stop sends what is
// left and must be called.
func StartTracing(ctx context.Context, version string) (stop func(context.Context) error, err error) {
	if !Tracing() {
		return func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	about, err := resource.Merge(resource.Default(), resource.NewSchemaless(
		attribute.String("service.name", "vitrina"), attribute.String("service.version", version)))
	if err != nil {
		return nil, err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return provider.Shutdown, nil
}

// Span is a piece of work that is traced.
type Span struct{ span trace.Span }

// StartSpan begins a span below the one in ctx. attributes are names and values in turn.
func StartSpan(ctx context.Context, name string, attributes ...string) (context.Context, Span) {
	ctx, span := otel.Tracer("vitrina").Start(ctx, name, trace.WithAttributes(pairs(attributes)...))
	return ctx, Span{span}
}

// RecordSpan keeps a span of something that took so long and has just ended.
func RecordSpan(ctx context.Context, name string, took time.Duration, reason string, attributes ...string) {
	kept, ended := pairs(attributes), time.Now()
	_, span := otel.Tracer("vitrina").Start(ctx, name, trace.WithTimestamp(ended.Add(-took)), trace.WithAttributes(kept...))
	if reason != "" {
		span.SetStatus(codes.Error, reason)
	}
	span.End(trace.WithTimestamp(ended))
}

func pairs(attributes []string) []attribute.KeyValue {
	kept := make([]attribute.KeyValue, 0, len(attributes)/2)
	for i := 0; i+1 < len(attributes); i += 2 {
		kept = append(kept, attribute.String(attributes[i], attributes[i+1]))
	}
	return kept
}

// SpanOf is the span that ctx was given.
func SpanOf(ctx context.Context) Span { return Span{trace.SpanFromContext(ctx)} }

// Count keeps a number with the span.
func (s Span) Count(name string, n int64) { s.span.SetAttributes(attribute.Int64(name, n)) }

// End ends the span; reason is why it failed, empty when it did not.
func (s Span) End(reason string) {
	if reason != "" {
		s.span.SetStatus(codes.Error, reason)
	}
	s.span.End()
}
