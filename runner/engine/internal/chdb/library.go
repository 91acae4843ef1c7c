// Package chdb is the adapter of libchdb, the ClickHouse engine as a library. It is loaded with purego, without cgo.
//
// Every call blocks its OS thread until the engine answers. A connection runs one statement at a time and must not be used
// by two goroutines at once; any number of connections work side by side. The engine lives as long as one connection is
// open, and has one data folder per process.
package chdb

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// Library is a loaded libchdb. It cannot be unloaded.
type Library struct {
	connect         func(argc int32, argv unsafe.Pointer) unsafe.Pointer
	closeConn       func(conn unsafe.Pointer)
	query           func(conn uintptr, sql unsafe.Pointer, sqlLen uint64, format unsafe.Pointer, formatLen uint64) uintptr
	queryParams     paramsFunc
	destroy         func(result uintptr)
	resultBuffer    func(result uintptr) unsafe.Pointer
	resultLength    func(result uintptr) uint64
	resultRows      func(result uintptr) uint64
	resultReadRows  func(result uintptr) uint64
	resultReadBytes func(result uintptr) uint64
	resultError     func(result uintptr) unsafe.Pointer
	signalHandlers  func(enabled int32)
}

type paramsFunc func(conn uintptr, sql unsafe.Pointer, sqlLen uint64, format unsafe.Pointer, formatLen uint64,
	names, nameLens, values, valueLens unsafe.Pointer, count uint64) uintptr

// Open loads libchdb from the path and takes its signal handlers away, which would fight with Go's.
func Open(path string) (*Library, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("cannot load the ClickHouse engine from %s: %w", path, err)
	}
	lib := &Library{}
	for name, function := range lib.symbols() {
		symbol, err := purego.Dlsym(handle, name)
		if err != nil {
			return nil, fmt.Errorf("%s has no %s; use the version of libchdb that package-lock.json names", path, name)
		}
		purego.RegisterFunc(function, symbol)
	}
	lib.signalHandlers(0)
	return lib, nil
}

func (l *Library) symbols() map[string]any {
	return map[string]any{
		"chdb_connect":                     &l.connect,
		"chdb_close_conn":                  &l.closeConn,
		"chdb_query_n":                     &l.query,
		"chdb_query_with_params_n":         &l.queryParams,
		"chdb_destroy_query_result":        &l.destroy,
		"chdb_result_buffer":               &l.resultBuffer,
		"chdb_result_length":               &l.resultLength,
		"chdb_result_rows_read":            &l.resultRows,
		"chdb_result_storage_rows_read":    &l.resultReadRows,
		"chdb_result_storage_bytes_read":   &l.resultReadBytes,
		"chdb_result_error":                &l.resultError,
		"chdb_set_signal_handlers_enabled": &l.signalHandlers,
	}
}

// Connect opens a connection. The first one starts the engine with the arguments (--path=…, --config-file=…); later ones
// must name the same path.
func (l *Library) Connect(args ...string) (*Conn, error) {
	argv := make([]*byte, 0, len(args)+2)
	for _, arg := range append([]string{"clickhouse"}, args...) {
		argv = append(argv, cString(arg))
	}
	var pin runtime.Pinner
	defer pin.Unpin()
	for _, arg := range argv {
		pin.Pin(arg)
	}
	argv = append(argv, nil)
	handle := l.connect(int32(len(argv)-1), unsafe.Pointer(&argv[0]))
	runtime.KeepAlive(argv)
	if handle == nil {
		return nil, fmt.Errorf("the ClickHouse engine does not start with %q", args)
	}
	return &Conn{lib: l, handle: handle}, nil
}

func cString(s string) *byte {
	return &append([]byte(s), 0)[0]
}

func goString(p unsafe.Pointer) string {
	if p == nil {
		return ""
	}
	n := 0
	for *(*byte)(unsafe.Add(p, n)) != 0 {
		n++
	}
	return string(unsafe.Slice((*byte)(p), n))
}
