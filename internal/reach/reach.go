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

// Reason is what went wrong on the way to a server; ok is false when the error is of another kind.
func Reason(err error) (reason string, ok bool) {
	var dns *net.DNSError
	var network net.Error
	switch {
	case err == nil:
		return "", false
	case errors.As(err, &dns):
		return "no host of that name is known", true
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused; is the server running, and is the port right?", true
	case errors.Is(err, syscall.ENOENT):
		return "there is no such socket; is the server running?", true
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "there is no way to that host from here", true
	case certificate(err):
		return "its TLS certificate is not trusted: " + innermost(err), true
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "no answer came in time", true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		strings.Contains(err.Error(), "server closed idle connection"): // net/http keeps that error to itself
		return "it broke the connection off", true
	}
	var record tls.RecordHeaderError
	if errors.As(err, &record) || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return "it does not speak TLS on that port", true
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return innermost(op), true
	}
	return "", false
}

func certificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.As(err, &verification) || errors.As(err, &unknown) || errors.As(err, &host)
}

// innermost leaves out what the layers above say, which is where addresses are.
func innermost(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err.Error()
}

// Sentence is a reason that ends a sentence.
func Sentence(reason string) string {
	if strings.HasSuffix(reason, "?") {
		return reason
	}
	return strings.TrimSuffix(reason, ".") + "."
}
