package storage_test

import (
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

func TestAnEmptyInstallationHasFigures(t *testing.T) {
	t.Parallel()
	db := open(t, pgtest.DSN(t))
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	figures, err := db.Figures(t.Context())
	if err != nil || figures.Size < 1<<20 || figures.Files != 0 || figures.Bytes != 0 {
		t.Errorf("got %+v, %v", figures, err)
	}
	if connections, err := db.Connections(t.Context()); err != nil || connections < 1 {
		t.Errorf("got %d, %v", connections, err)
	}
}
