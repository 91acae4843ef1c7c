package chdb

import (
	"errors"
	"runtime"
	"strings"
	"unsafe"
)

// Conn is one session: its settings, current database and temporary tables are its own.
type Conn struct {
	lib    *Library
	handle unsafe.Pointer
}

// Param is the value of a {name:Type} in the statement, written as ClickHouse's TSV text.
type Param struct{ Name, Value string }

// Close ends the session. Closing the last connection shuts the engine down.
func (c *Conn) Close() {
	if c.handle != nil {
		c.lib.closeConn(c.handle)
		c.handle = nil
	}
}

func (c *Conn) id() uintptr { return *(*uintptr)(c.handle) }

// Exec runs a statement to its end and returns its whole output in the format. An error's text is as ClickHouse writes it:
// "Code: 60. DB::Exception: … (UNKNOWN_TABLE)".
//
// There is no streaming here on purpose: the library's chunks are documents of their own, each with header and footer, so
// only formats without them could be put together. Large results leave through INTO OUTFILE.
func (c *Conn) Exec(sql, format string, params ...Param) ([]byte, Stats, error) {
	result := c.call(sql, format, params)
	defer c.lib.destroy(result)
	if err := c.lib.errorOf(result); err != nil {
		return nil, Stats{}, err
	}
	return append([]byte(nil), c.lib.bytesOf(result)...), c.lib.statsOf(result), nil
}

// Stats is what a statement has done.
type Stats struct{ ResultRows, ReadRows, ReadBytes uint64 }

func (l *Library) statsOf(result uintptr) Stats {
	return Stats{
		ResultRows: l.resultRows(result),
		ReadRows:   l.resultReadRows(result),
		ReadBytes:  l.resultReadBytes(result),
	}
}

func (c *Conn) call(sql, format string, params []Param) uintptr {
	text, name := cString(sql), cString(format)
	defer runtime.KeepAlive(text)
	defer runtime.KeepAlive(name)
	if len(params) == 0 {
		return c.lib.query(c.id(), unsafe.Pointer(text), uint64(len(sql)), unsafe.Pointer(name), uint64(len(format)))
	}
	var pin runtime.Pinner
	defer pin.Unpin()
	names, nameLens := column(&pin, params, func(p Param) string { return p.Name })
	values, valueLens := column(&pin, params, func(p Param) string { return p.Value })
	return c.lib.queryParams(c.id(), unsafe.Pointer(text), uint64(len(sql)), unsafe.Pointer(name), uint64(len(format)),
		unsafe.Pointer(&names[0]), unsafe.Pointer(&nameLens[0]), unsafe.Pointer(&values[0]), unsafe.Pointer(&valueLens[0]),
		uint64(len(params)))
}

func column(pin *runtime.Pinner, params []Param, get func(Param) string) ([]*byte, []uint64) {
	texts, lens := make([]*byte, len(params)), make([]uint64, len(params))
	for i, p := range params {
		text := get(p)
		texts[i], lens[i] = cString(text), uint64(len(text))
		pin.Pin(texts[i])
	}
	return texts, lens
}

func (l *Library) errorOf(result uintptr) error {
	if result == 0 {
		//nolint:staticcheck // the form of the engine's own errors
		return errors.New("Code: 49. DB::Exception: The engine gave no result. (LOGICAL_ERROR)")
	}
	if text := goString(l.resultError(result)); text != "" {
		return errors.New(strings.TrimSpace(text))
	}
	return nil
}

// bytesOf is the engine's own memory: valid until the result is destroyed.
func (l *Library) bytesOf(result uintptr) []byte {
	n := l.resultLength(result)
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(l.resultBuffer(result)), n)
}
