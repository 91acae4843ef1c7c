package api_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// warehouse is the engine of all tests.
var warehouse *engine.Engine

func TestMain(m *testing.M) {
	if enginetest.IsChild() {
		os.Exit(enginetest.ServeChild())
	}
	os.Exit(testMain(m))
}

func testMain(m *testing.M) (code int) {
	dir, err := os.MkdirTemp("", "vitrina-api-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	options, err := enginetest.OptionsIn(dir)
	if err == nil {
		warehouse, err = engine.Start(context.Background(), options)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = warehouse.Close() }()
	defer pgtest.Stop()
	return m.Run()
}
