package export

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// A device that is always full stands in for the disk.
func TestAFullDiskIsToldAndNothingIsLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := create(t, dir, "x")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = full.Close() }()
	if err := syscall.Dup3(int(full.Fd()), int(f.file.Fd()), 0); err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(f, "more")
	if err == nil || !strings.Contains(err.Error(), "The disk is full: there is no room left in "+dir) || fault.CodeOf(err) != fault.Failed {
		t.Errorf("%v", err)
	}
	if again := f.Commit("a.txt"); again == nil || again.Error() != err.Error() {
		t.Errorf("%v", again)
	}
	if names := list(t, dir); len(names) != 0 {
		t.Errorf("%v", names)
	}
}
