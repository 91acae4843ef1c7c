// Package reach puts into words why a server could not be reached, without its address or credentials.
package reach

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
)

// Cause is what went wrong on the way to a server.
type Cause int

// The causes.
const (
	Unknown     Cause = iota // an error of another kind
	Host                     // no host of that name is known
	Refused                  // nothing listens at the port
	Socket                   // there is no socket of that path
	Route                    // the network does not lead there
	Certificate              // it is not trusted
	Time                     // no answer came in time
	BrokenOff                // the other side ended the connection
	NoTLS                    // it is spoken plainly on that port
	Other                    // something of the network
)

// Reason is what went wrong on the way to a server; ok is false when the error is of another kind.
func Reason(err error) (reason string, ok bool) {
	switch Why(err) {
	case Host:
		return "no host of that name is known", true
	case Refused:
		return "the connection was refused; is the server running, and is the port right?", true
	case Socket:
		return "there is no such socket; is the server running?", true
	case Route:
		return "there is no way to that host from here", true
	case Certificate:
		return "its TLS certificate is not trusted: " + innermost(err), true
	case Time:
		return "no answer came in time", true
	case BrokenOff:
		return "it broke the connection off", true
	case NoTLS:
		return "it does not speak TLS on that port", true
	case Other:
		return innermost(err), true
	}
	return "", false
}

// Why tells the cause of an error.
func Why(err error) Cause {
	var dns *net.DNSError
	var network net.Error
	switch {
	case err == nil:
		return Unknown
	case errors.As(err, &dns):
		return Host
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.Is(err, syscall.ENOENT):
		return Socket
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return Route
	case certificate(err):
		return Certificate
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return Time
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		strings.Contains(err.Error(), "server closed idle connection"): // net/http keeps that error to itself
		return BrokenOff
	}
	var record tls.RecordHeaderError
	if errors.As(err, &record) || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return NoTLS
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return Other
	}
	return Unknown
}

func certificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.As(err, &verification) || errors.As(err, &unknown) || errors.As(err, &host)
}

// innermost leaves out what the layers above say, which is where addresses are.
func innermost(err error) string {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op
	}
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err.Error()
}
