package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// delimiters are those that are looked for, the likelier first.
var delimiters = []string{",", ";", "\t", "|"}

// findShape finds out what separates values and lines, from the start of the file.
func findShape(ctx context.Context, in *input, options Options) (shape, error) {
	t, err := in.openText(ctx)
	if err != nil {
		return shape{}, err
	}
	defer func() { _ = t.Close() }()
	sample, err := io.ReadAll(io.LimitReader(t, sampleSize))
	if err != nil {
		return shape{}, err
	}
	in.done = 0
	found := shape{lineEnd: '\n'}
	if bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0 {
		found.lineEnd = '\r'
	}
	if options.Delimiter != 0 {
		if options.Delimiter == '"' || options.Delimiter == '\n' || options.Delimiter == '\r' || options.Delimiter == utf8.RuneError {
			return shape{}, fault.New(fault.Invalid, "%q cannot separate values.", options.Delimiter)
		}
		found.delimiter = utf8.AppendRune(nil, options.Delimiter)
		return found, nil
	}
	found.delimiter = []byte(findDelimiter(sample, found.lineEnd))
	return found, nil
}

// findDelimiter takes the one with which all rows of the sample have the same number of values, the more the better. If none splits
// the rows evenly, it is the one that splits the header, and the first uneven row is going to be told; a header that nothing splits
// is that of a single column.
func findDelimiter(sample []byte, lineEnd byte) string {
	best, bestRank := delimiters[0], -1
	for _, delimiter := range delimiters {
		width, even := widthOf(sample, shape{delimiter: []byte(delimiter), lineEnd: lineEnd})
		rank := width
		if even {
			rank++
		}
		if even && width > 1 {
			rank += maxColumns
		}
		if rank > bestRank {
			best, bestRank = delimiter, rank
		}
	}
	return best
}

// widthOf is the number of columns of the header, and whether all other whole rows of the sample have it.
func widthOf(sample []byte, s shape) (width int, even bool) {
	header, _, _ := bytes.Cut(sample, []byte{s.lineEnd})
	if bytes.Count(header, s.delimiter) >= maxColumns {
		return maxColumns, false // for the reader to refuse
	}
	r, err := newCSVReader("", &text{Reader: bufio.NewReader(bytes.NewReader(sample))}, s)
	if err != nil {
		return 0, false
	}
	width = len(r.header)
	cut := len(sample) == sampleSize
	for {
		_, err := r.Next()
		if errors.Is(err, io.EOF) {
			return width, true
		}
		if err != nil {
			_, more := r.text.Peek(1)
			return width, cut && more != nil
		}
	}
}
