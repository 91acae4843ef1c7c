package rowbinary_test

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func TestCutHeaderLeavesTheRows(t *testing.T) {
	t.Parallel()
	want := []source.Column{{Name: "имя", Type: "String"}, {Name: "x", Type: "Nullable(UInt8)"}}
	header := rowbinary.AppendHeader(nil, want)
	in := bufio.NewReader(bytes.NewReader(append(bytes.Clone(header), "rows"...)))
	columns, err := rowbinary.CutHeader(in)
	rest, _ := io.ReadAll(in)
	if err != nil || !slices.Equal(columns, want) || string(rest) != "rows" {
		t.Errorf("got %v, %q, %v", columns, rest, err)
	}
	for cut := range header {
		if _, err := rowbinary.CutHeader(bufio.NewReader(bytes.NewReader(header[:cut]))); fault.CodeOf(err) != fault.Failed {
			t.Errorf("a header of %d bytes: got %v", cut, err)
		}
	}
	for _, damaged := range []string{"\x00", "\xff\xff\xff\x7f", "\x01\xff\xff\xff\x7f"} {
		if _, err := rowbinary.CutHeader(bufio.NewReader(bytes.NewReader([]byte(damaged)))); fault.CodeOf(err) != fault.Failed {
			t.Errorf("%q: got %v", damaged, err)
		}
	}
}
