package app

import (
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }
