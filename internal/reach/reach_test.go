package reach_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/reach"
)

func TestReason(t *testing.T) {
	t.Parallel()
	dial := func(err error) error {
		return &url.Error{Op: "Post", URL: "http://reader:hunter2@db.example.com/", Err: &net.OpError{Op: "dial", Net: "tcp", Err: err}}
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{dial(syscall.ECONNREFUSED), "refused"},
		{dial(&net.DNSError{Err: "no such host", Name: "db.example.com"}), "no host of that name"},
		{dial(syscall.ENETUNREACH), "no way"},
		{dial(syscall.ENOENT), "no such socket"},
		{dial(context.DeadlineExceeded), "in time"},
		{dial(x509.UnknownAuthorityError{}), "certificate"},
		{dial(syscall.EACCES), "permission denied"},
		{dial(io.ErrUnexpectedEOF), "broke the connection off"},
		{fmt.Errorf("read: %w", syscall.ECONNRESET), "broke the connection off"},
		{errors.New("http: server gave HTTP response to HTTPS client"), "TLS"},
	} {
		reason, ok := reach.Reason(c.err)
		if !ok || !strings.Contains(reason, c.want) || strings.Contains(reason, "hunter2") || strings.Contains(reason, "example.com") {
			t.Errorf("%v: got %q", c.err, reason)
		}
	}
	for _, err := range []error{nil, errors.New("a syntax error"), context.Canceled} {
		if reason, ok := reach.Reason(err); ok {
			t.Errorf("%v: got %q", err, reason)
		}
	}
}
