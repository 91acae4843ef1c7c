package engine_test

import (
	"os"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == helperArgument {
		os.Exit(helper(os.Args[2]))
	}
	enginetest.Main(m)
}
