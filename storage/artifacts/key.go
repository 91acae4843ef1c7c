package artifacts

import (
	"errors"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// ErrExists is in the chain of the error of writing to a key that is taken.
var ErrExists = errors.New("the key exists")

const (
	maxKey     = 512 // S3 takes 1024 bytes, prefix included
	maxSegment = 200 // file systems take 255 bytes
)

func checkKey(key string) error {
	if !isKey(key) {
		return fault.New(fault.Invalid, "%q is not a key of a file: write segments of letters, digits, \".\", \"_\" and \"-\", with \"/\" between them.", key)
	}
	return nil
}

func isKey(key string) bool {
	if key == "" || len(key) > maxKey {
		return false
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || len(segment) > maxSegment || segment[0] == '.' || strings.ContainsFunc(segment, foreign) {
			return false
		}
	}
	return true
}

// checkPrefix takes all that some key can begin with.
func checkPrefix(prefix string) error {
	if prefix == "" || isKey(prefix) || isKey(strings.TrimSuffix(prefix, "/")) {
		return nil
	}
	return fault.New(fault.Invalid, "%q is not the beginning of a key of a file.", prefix)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

func foreign(r rune) bool { return !strings.ContainsRune(letters, r) }

func exists(key string) error {
	return &fault.Error{Code: fault.Failed, Message: "The file " + key + " is there already, and a file is written once.", Cause: ErrExists}
}

func notFound(key string, cause error) error {
	return &fault.Error{Code: fault.NotFound, Message: "The file " + key + " does not exist.", Cause: cause}
}
