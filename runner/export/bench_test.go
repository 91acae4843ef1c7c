package export

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// benchRows are so many rows of id, name, amount, day, moment and score.
func benchRows(n int) []byte {
	columns := []string{"id", "name", "amount", "issued_on", "at", "score"}
	types := []string{"UInt64", "String", "Decimal(18, 2)", "Date", "DateTime64(3, 'Asia/Tokyo')", "Float64"}
	out := binary.AppendUvarint(nil, uint64(len(columns)))
	for _, text := range append(columns, types...) {
		out = appendString(out, text)
	}
	for i := range uint64(n) {
		out = binary.LittleEndian.AppendUint64(out, i)
		out = appendString(out, "customer "+strconv.FormatUint(i%50_000, 10))
		out = binary.LittleEndian.AppendUint64(out, i*37)
		out = binary.LittleEndian.AppendUint16(out, uint16(18_000+i%1500))
		out = binary.LittleEndian.AppendUint64(out, 1_600_000_000_000+i*1000)
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(float64(i)*0.37))
	}
	return out
}

// peak is the most memory this process has had, in MB, where the system tells.
func peak(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb / 1000
}

// BenchmarkXLSX writes as many rows of six columns as two sheets take: 1,048,575 and one more.
func BenchmarkXLSX(b *testing.B) {
	rows := benchRows(1_048_576)
	before := peak(b)
	b.ResetTimer()
	for range b.N {
		res, err := WriteWorkbook(b.Context(), io.Discard, Workbook{Sheets: []Sheet{sheetOf("cards", rows)}, About: &About{Report: "bench"}})
		if err != nil || res.Rows[0] != 1_048_576 {
			b.Fatal(res, err)
		}
	}
	b.ReportMetric(peak(b)-before, "MB-more-at-peak")
}

// BenchmarkSmallXLSX writes what most clicks yield: a few rows, where all that is around them counts.
func BenchmarkSmallXLSX(b *testing.B) {
	rows := benchRows(20)
	b.ReportAllocs()
	for range b.N {
		if _, err := WriteWorkbook(b.Context(), io.Discard, Workbook{Sheets: []Sheet{sheetOf("cards", rows)}, About: &About{Report: "bench"}}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkExcelizeStream writes rows of the same kind with excelize's own stream writer, to compare with.
func BenchmarkExcelizeStream(b *testing.B) {
	for range b.N {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		row := make([]any, 6)
		for i := range 1_048_576 {
			row[0], row[1], row[2] = i, "customer "+strconv.Itoa(i%50_000), float64(i*37)/100
			row[3], row[4], row[5] = 45_000+i%1500, 45_000+float64(i)/86_400, float64(i)*0.37
			if err := w.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := f.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
		_ = f.Close()
	}
}

// BenchmarkCSV passes text through the filters.
func BenchmarkCSV(b *testing.B) {
	line := "\"2024-01-01\",18446744073709551615,\"customer 17\",\"a, b\",12.50,\"x\"\"y\"\r\n"
	chunk := bytes.Repeat([]byte(line), 1000)
	for name, options := range map[string]CSVOptions{"plain": {}, "guard": {FormulaGuard: true}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(chunk)))
			w := NewCSV(io.Discard, options, 0)
			for range b.N {
				if _, err := w.Write(chunk); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
