package rowbinary_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func sameBig(a, b *big.Int) bool { return a.Cmp(b) == 0 }

// BenchmarkReader goes through 1,000,000 rows of six columns.
func BenchmarkReader(b *testing.B) {
	data := header("id", "UInt64", "name", "String", "amount", "Decimal(18, 2)", "day", "Date", "at", "DateTime64(3)", "score", "Float64")
	for i := range uint64(1_000_000) {
		data = binary.LittleEndian.AppendUint64(data, i)
		data = appendText(data, "customer "+strconv.FormatUint(i%50_000, 10))
		data = binary.LittleEndian.AppendUint64(data, i*37)
		data = binary.LittleEndian.AppendUint16(data, uint16(18_000+i%1500))
		data = binary.LittleEndian.AppendUint64(data, 1_600_000_000_000+i*1000)
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(float64(i)*0.37))
	}
	for name, use := range map[string]func(row []rowbinary.Value, buf []byte){
		"rows": func([]rowbinary.Value, []byte) {},
		"text": func(row []rowbinary.Value, buf []byte) {
			for i := range row {
				buf = row[i].AppendText(buf)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			buf := make([]byte, 0, 4096)
			for range b.N {
				r, err := rowbinary.NewReader(bytes.NewReader(data))
				if err != nil {
					b.Fatal(err)
				}
				for r.Next() {
					use(r.Row(), buf)
				}
				if r.Err() != nil {
					b.Fatal(r.Err())
				}
			}
		})
	}
}
