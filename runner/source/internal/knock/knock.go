// Package knock finds out what listens at an address that did not answer as a database should. It sends no credentials.
package knock

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"time"
)

// Peer is what listens.
type Peer string

const (
	Unreachable Peer = ""           // no connection came about
	Silent      Peer = "silent"     // it takes connections and says nothing that is known
	ClickHouse  Peer = "clickhouse" // over HTTP
	Native      Peer = "native"     // ClickHouse's port for its own clients
	Postgres    Peer = "postgres"
	HTTP        Peer = "http" // some other web server
	TLS         Peer = "tls"  // speaks TLS and nothing without it
)

// patience is the longest time for one question.
const patience = 2 * time.Second

// At asks who listens at host:port. With secure, the questions go over TLS if there is any; certificates do not matter, as nothing
// secret is sent.
func At(ctx context.Context, addr string, secure bool) Peer {
	if secure {
		if peer := over(ctx, addr, byHTTP, true); peer != Unreachable && peer != Silent {
			return peer
		}
	}
	last := Unreachable
	for _, question := range []func(net.Conn) Peer{byHTTP, byPostgres, byTLS} {
		last = over(ctx, addr, question, false)
		if last != Silent {
			return last
		}
	}
	return last
}

// Attempt is the time in which a database has to answer. It leaves some of the deadline for At; longest is for want of one.
func Attempt(ctx context.Context, longest time.Duration) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok {
		longest = time.Until(deadline) / 2
	}
	return context.WithTimeout(ctx, longest)
}

// over asks one question on a connection of its own.
func over(ctx context.Context, addr string, question func(net.Conn) Peer, secure bool) Peer {
	wait := patience
	if deadline, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(deadline)/3)
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return Unreachable
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(wait))
	if secure {
		encrypted := tls.Client(conn, anyCertificate())
		if encrypted.HandshakeContext(ctx) != nil {
			return Silent
		}
		conn = encrypted
	}
	return question(conn)
}

func anyCertificate() *tls.Config {
	return &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10}
}

func byHTTP(conn net.Conn) Peer {
	if _, err := io.WriteString(conn, "GET /ping HTTP/1.0\r\nHost: localhost\r\n\r\n"); err != nil {
		return Silent
	}
	answer, _ := io.ReadAll(io.LimitReader(conn, 4<<10))
	says := func(word string) bool { return bytes.Contains(bytes.ToLower(answer), []byte(word)) }
	switch {
	case says("clickhouse-client"):
		return Native
	case bytes.HasPrefix(answer, []byte{0x15, 0x03}), says("https port"), says("http request to an https server"):
		return TLS
	case !bytes.HasPrefix(answer, []byte("HTTP/")):
		return Silent
	case says("x-clickhouse-"), bytes.HasSuffix(answer, []byte("\r\n\r\nOk.\n")):
		return ClickHouse
	}
	return HTTP
}

// byPostgres asks for encryption, as Postgres' clients begin; it answers with one letter.
func byPostgres(conn net.Conn) Peer {
	if _, err := conn.Write([]byte{0, 0, 0, 8, 4, 210, 22, 47}); err != nil {
		return Silent
	}
	var letter [1]byte
	if _, err := io.ReadFull(conn, letter[:]); err == nil && (letter[0] == 'S' || letter[0] == 'N') {
		return Postgres
	}
	return Silent
}

func byTLS(conn net.Conn) Peer {
	if tls.Client(conn, anyCertificate()).Handshake() == nil {
		return TLS
	}
	return Silent
}
