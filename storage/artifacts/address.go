package artifacts

import (
	"log/slog"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7/pkg/s3utils"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// address is a parsed URL of a store: a folder, or a bucket.
type address struct {
	folder string // relative when it begins with "."

	bucket    string
	prefix    string // without slashes around it
	endpoint  string // host or host:port
	secure    bool
	region    string
	pathStyle *bool // unsaid when nil
	key       string
	secret    string
}

const amazon = "s3.amazonaws.com"

// parseAddress never repeats the address in an error: it may hold a secret.
func parseAddress(text string) (address, error) {
	u, err := url.Parse(text)
	if err != nil {
		return address{}, fault.New(fault.Invalid, "The address of the artifacts' store cannot be read. Characters such as / + @ in a key or secret are written as %%2F %%2B %%40.")
	}
	switch u.Scheme {
	case "file":
		return parseFolder(u)
	case "s3":
		return parseBucket(u)
	}
	return address{}, fault.New(fault.Invalid, "The address of the artifacts' store begins with file:// or s3://.")
}

func parseFolder(u *url.URL) (address, error) {
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || u.Path == "" || u.Path == "/" || u.Host != "" && u.Host != "." {
		return address{}, fault.New(fault.Invalid, "The address of the artifacts' folder is file:///absolute/folder or file://./relative/folder.")
	}
	return address{folder: u.Host + u.Path}, nil
}

func parseBucket(u *url.URL) (address, error) {
	a := address{bucket: u.Hostname(), prefix: strings.Trim(path.Clean("/"+u.Path), "/"), endpoint: amazon, secure: true}
	if u.Port() != "" {
		return a, fault.New(fault.Invalid, "The address of the artifacts' store is s3://bucket/prefix: the host and port of the storage are written as ?endpoint=https://host:port.")
	}
	if s3utils.CheckValidBucketNameStrict(a.bucket) != nil {
		return a, fault.New(fault.Invalid, "The address of the artifacts' store has no right name of a bucket: 3 to 63 lower-case letters, digits, \".\" and \"-\".")
	}
	if a.prefix != "" && !isKey(a.prefix) {
		return a, fault.New(fault.Invalid, "The prefix in the address of the artifacts' store may have letters, digits, \".\", \"_\", \"-\" and \"/\".")
	}
	a.key = u.User.Username()
	a.secret, _ = u.User.Password()
	if (a.key == "") != (a.secret == "") {
		return a, fault.New(fault.Invalid, "The address of the artifacts' store has half of the credentials: write s3://KEY:SECRET@bucket, or nothing before the bucket and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.")
	}
	return a, a.parseQuery(u.RawQuery)
}

func (a *address) parseQuery(query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return fault.New(fault.Invalid, "What follows ? in the address of the artifacts' store cannot be read.")
	}
	for name, given := range values {
		value := given[len(given)-1]
		switch name {
		case "endpoint":
			err = a.parseEndpoint(value)
		case "region":
			a.region = value
		case "path_style":
			if value != "true" && value != "false" {
				err = fault.New(fault.Invalid, "path_style in the address of the artifacts' store is true or false.")
			}
			a.pathStyle = new(value == "true")
		default:
			err = fault.New(fault.Invalid, "The address of the artifacts' store takes endpoint, region and path_style after the ?, and nothing else.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *address) parseEndpoint(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return fault.New(fault.Invalid, "endpoint in the address of the artifacts' store is http://host:port or https://host:port.")
	}
	a.endpoint, a.secure = u.Host, u.Scheme == "https"
	return nil
}

// String is the address without credentials.
func (a address) String() string {
	if a.bucket == "" {
		return "file://" + a.folder
	}
	return "s3://" + path.Join(a.bucket, a.prefix) + " at " + a.endpoint
}

func (a address) GoString() string { return a.String() }

func (a address) LogValue() slog.Value { return slog.StringValue(a.String()) }
