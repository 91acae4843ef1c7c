package sourcetest

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Strangers are listeners that are not the database somebody expects at their address, host:port.
type Strangers struct{}

// Nobody is an address at which nothing listens.
func (Strangers) Nobody(t testing.TB) string {
	t.Helper()
	listener := listen(t)
	_ = listener.Close()
	return listener.Addr().String()
}

// Silent takes connections and never answers.
func (Strangers) Silent(t testing.TB) string {
	t.Helper()
	return serve(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
}

// Native answers as ClickHouse's native port does to HTTP.
func (Strangers) Native(t testing.TB) string {
	t.Helper()
	return serve(t, func(conn net.Conn) {
		if line, err := bufio.NewReader(conn).ReadString('\n'); err == nil && strings.Contains(line, "HTTP/") {
			_, _ = io.WriteString(conn, "HTTP/1.0 400 Bad Request\r\n\r\nPort 9000 is for clickhouse-client program\r\nYou must use port 8123 for HTTP.\r\n")
		}
	})
}

// Postgres answers the first message of Postgres' clients, and nothing else.
func (Strangers) Postgres(t testing.TB) string {
	t.Helper()
	return serve(t, func(conn net.Conn) {
		var message [8]byte
		if _, err := io.ReadFull(conn, message[:]); err == nil && message[3] == 8 {
			_, _ = io.WriteString(conn, "N")
			_, _ = io.Copy(io.Discard, conn)
		}
	})
}

// Web is a web server that is no database.
func (Strangers) Web(t testing.TB) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// Answers is a web server with an answer of its own, over TLS if secure.
func (Strangers) Answers(t testing.TB, secure bool, answer http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewUnstartedServer(answer)
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func serve(t testing.TB, talk func(net.Conn)) string {
	t.Helper()
	listener := listen(t)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				talk(conn)
			}()
		}
	}()
	return listener.Addr().String()
}
