package engine_test

import (
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }
