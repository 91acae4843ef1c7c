package load

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// layout is how the content of a file is written.
type layout string

const (
	csvLayout     layout = "CSV"
	jsonLayout    layout = "JSON"
	parquetLayout layout = "Parquet"
)

var layoutNames = map[string]layout{
	"csv": csvLayout, "tsv": csvLayout, "txt": csvLayout, "tab": csvLayout,
	"json": jsonLayout, "jsonl": jsonLayout, "ndjson": jsonLayout,
	"parquet": parquetLayout,
}

// inspect reads the file once, to find its columns and their types, so that it can be sent to the target.
func inspect(ctx context.Context, in *input, options Options, to *target) (body, error) {
	sample, err := in.sample(ctx)
	if err != nil {
		return nil, err
	}
	kind, err := findLayout(in, options, sample)
	if err != nil {
		return nil, err
	}
	if kind == parquetLayout {
		return inspectParquet(ctx, in, to)
	}
	if in.encoding == "" && looksBinary(sample) {
		return nil, fault.New(fault.Invalid, "%s is not text. CSV, JSON lines and Parquet can be loaded, plain or packed with gzip, "+
			"zstd or bzip2; a text in UTF-16 without a byte order mark needs --encoding utf-16le.", in.name)
	}
	format, err := textFormat(ctx, in, options, kind)
	if err != nil {
		return nil, err
	}
	return inspectText(ctx, in, format, to)
}

func findLayout(in *input, options Options, sample []byte) (layout, error) {
	said := layoutNames[strings.ToLower(options.Format)]
	if options.Format != "" && said == "" {
		return "", fault.New(fault.Invalid, "The format %q is not known; it is csv, tsv, json, jsonl, ndjson or parquet.", options.Format)
	}
	if said == "" {
		said = layoutNames[extension(options.Path)]
	}
	isParquet := bytes.HasPrefix(sample, []byte("PAR1"))
	if what := whatItIs(sample); what != "" && !isParquet {
		return "", fault.New(fault.Invalid, "%s is %s.", in.name, what)
	}
	switch {
	case isParquet && (said == parquetLayout || options.Format == ""):
		return parquetLayout, nil
	case said == parquetLayout:
		return "", fault.New(fault.Invalid, "%s is not a Parquet file: it does not begin with PAR1.", in.name)
	case said != "":
		return said, nil
	}
	return guessText(sample), nil
}

// extension is what the name ends in, without that of the compression.
func extension(path string) string {
	path = strings.ToLower(path)
	for _, packed := range []string{".gz", ".gzip", ".zst", ".zstd", ".bz2"} {
		path = strings.TrimSuffix(path, packed)
	}
	return strings.TrimPrefix(filepath.Ext(path), ".")
}

// guessText takes what begins like an object, or like an array of objects, for JSON.
func guessText(sample []byte) layout {
	sample = bytes.TrimLeft(bytes.TrimPrefix(sample, byteOrderMark), " \t\r\n")
	if bytes.HasPrefix(sample, []byte("[")) {
		sample = bytes.TrimLeft(sample[1:], " \t\r\n")
	}
	if bytes.HasPrefix(sample, []byte("{")) {
		return jsonLayout
	}
	return csvLayout
}

// textFormat is how to read the rows of a text file. Every call of what it returns starts at the file's first row.
func textFormat(ctx context.Context, in *input, options Options, kind layout) (func(*text) (rowReader, error), error) {
	if kind == jsonLayout {
		return func(t *text) (rowReader, error) { return newJSONReader(in.name, t, in.lineFinder(ctx)) }, nil
	}
	shape, err := findShape(ctx, in, options)
	if err != nil {
		return nil, err
	}
	return func(t *text) (rowReader, error) { return newCSVReader(in.name, t, shape) }, nil
}
