package source

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// Trouble is why a source does not answer as it should. As an error it is an English sentence; its parts are for those who tell it in
// another language. It holds no password; the server's own words may name the user.
type Trouble struct {
	Kind    Kind
	Product string // that was expected, as in ClickHouse
	Address string // where it was looked for, as host:port or the path of a socket; of UnknownHost the host alone
	Detail  string // the words of the server, or of the connection, where there are some
}

// Kind says what is wrong, and so what to do.
type Kind string

// The kinds of Trouble.
const (
	UnknownHost  Kind = "unknown_host"  // nobody knows the name
	Refused      Kind = "refused"       // nothing listens at the port
	NoSocket     Kind = "no_socket"     // nothing listens at the path
	NoRoute      Kind = "no_route"      // the network does not lead there
	NoAnswer     Kind = "no_answer"     // nothing came in time
	BrokenOff    Kind = "broken_off"    // it ended the connection
	Unreachable  Kind = "unreachable"   // for another reason, in Detail
	Untrusted    Kind = "untrusted"     // its certificate is not trusted, for the reason in Detail
	WrongLogin   Kind = "wrong_login"   // user or password
	NoDatabase   Kind = "no_database"   // or none that the user may see
	Refuses      Kind = "refuses"       // with the server's words in Detail
	NativePort   Kind = "native_port"   // ClickHouse's, for its own clients
	TLSOnly      Kind = "tls_only"      // the address says http
	PlainOnly    Kind = "plain_only"    // the address says https
	NoTLS        Kind = "no_tls"        // which the address of a Postgres asks for
	IsClickHouse Kind = "is_clickhouse" // and no Postgres
	IsPostgres   Kind = "is_postgres"   // and no ClickHouse
	WebServer    Kind = "web_server"    // another one
	Silent       Kind = "silent"        // it takes connections, and that is all
	Stranger     Kind = "stranger"      // it speaks in a way that nobody knows
	Engine       Kind = "engine"        // the embedded one, with what is wrong in Detail
)

// Kinds are all kinds of Trouble.
func Kinds() []Kind {
	return []Kind{
		UnknownHost, Refused, NoSocket, NoRoute, NoAnswer, BrokenOff, Unreachable, Untrusted, WrongLogin, NoDatabase, Refuses, NativePort,
		TLSOnly, PlainOnly, NoTLS, IsClickHouse, IsPostgres, WebServer, Silent, Stranger, Engine,
	}
}

// kinds of what goes wrong on the way. The rest is Unreachable.
var kinds = map[reach.Cause]Kind{reach.Refused: Refused, reach.Socket: NoSocket, reach.Route: NoRoute, reach.Time: NoAnswer, reach.BrokenOff: BrokenOff}

// OnTheWay is the trouble of an error between here and a server of the product at the address; nil for errors of another kind.
func OnTheWay(err error, product, address string) *Trouble {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return &Trouble{Kind: UnknownHost, Product: product, Address: dns.Name}
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return &Trouble{Kind: Untrusted, Product: product, Address: address, Detail: certificate.Err.Error()}
	}
	cause := reach.Why(err)
	if kind, ok := kinds[cause]; ok {
		return &Trouble{Kind: kind, Product: product, Address: address}
	}
	if reason, ok := reach.Reason(err); ok {
		return &Trouble{Kind: Unreachable, Product: product, Address: address, Detail: reason}
	}
	return nil
}

// ports are where one usually finds a database of the product.
func (t *Trouble) ports() string {
	if t.Product == "Postgres" {
		return "5432"
	}
	return "8123, or 8443 for HTTPS"
}

// Error is the sentence.
func (t *Trouble) Error() string {
	silent := fmt.Sprintf("%s does not answer at %s: ", t.Product, t.Address)
	switch t.Kind {
	case UnknownHost:
		return fmt.Sprintf("No host of the name %s is known: check its spelling.", t.Address)
	case Refused:
		return silent + "the connection was refused; is the server running, and is the port right?"
	case NoSocket:
		return silent + "there is no such socket; is the server running?"
	case NoRoute:
		return silent + "there is no way to that host from here."
	case NoAnswer:
		return silent + "no answer came in time."
	case BrokenOff:
		return silent + "it broke the connection off."
	case Unreachable:
		return silent + t.Detail + "."
	case Untrusted:
		return fmt.Sprintf("A server answers at %s, but its TLS certificate is not trusted here: %s.", t.Address, t.Detail)
	case WrongLogin:
		return fmt.Sprintf("%s answers at %s, but the user or the password is wrong.", t.Product, t.Address)
	case NoDatabase:
		return fmt.Sprintf("%s answers at %s, but has no such database, or the user may not see it: %s.", t.Product, t.Address, t.Detail)
	case Refuses:
		return fmt.Sprintf("%s answers at %s, but refuses: %s.", t.Product, t.Address, t.Detail)
	case Engine:
		return fmt.Sprintf("The embedded engine does not answer: %s.", t.Detail)
	}
	return t.instead()
}

// Fault is the trouble as an error of ours, over what was found first.
func (t *Trouble) Fault(cause error) error {
	return &fault.Error{Code: fault.Unavailable, Message: t.Error(), Cause: errors.Join(t, cause)}
}

// instead tells what is there in the product's stead.
func (t *Trouble) instead() string {
	switch t.Kind {
	case NativePort:
		return fmt.Sprintf("%s is ClickHouse's native port: use the HTTP port, usually %s.", t.Address, t.ports())
	case TLSOnly:
		return fmt.Sprintf("%s speaks HTTPS alone: begin the address with https://.", t.Address)
	case PlainOnly:
		return fmt.Sprintf("ClickHouse at %s speaks plain HTTP: begin the address with http://, not https://.", t.Address)
	case NoTLS:
		return fmt.Sprintf("Postgres at %s does not speak TLS: let TLS be switched on there, or write sslmode=disable in the address.", t.Address)
	case IsClickHouse:
		return fmt.Sprintf("%s is a ClickHouse: choose the driver clickhouse, or give the address of a Postgres.", t.Address)
	case IsPostgres:
		return fmt.Sprintf("%s is a Postgres: choose the driver postgres, or give the address of a ClickHouse.", t.Address)
	case WebServer:
		return fmt.Sprintf("A web server answers at %s, but it is no %s: check host and port, usually %s.", t.Address, t.Product, t.ports())
	case Silent:
		return fmt.Sprintf("Something takes connections at %s, but does not answer in time: check the port, usually %s.", t.Address, t.ports())
	}
	return fmt.Sprintf("What answers at %s does not speak as %s does.", t.Address, t.Product)
}
