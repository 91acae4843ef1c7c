package artifacts

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/minio/minio-go/v7"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// keyFault is fault for a request about one key.
func (s *bucket) keyFault(ctx context.Context, key string, err error) error {
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return notFound(key, err)
	}
	return s.fault(ctx, err)
}

// gone tells that what was to be removed is not there.
func gone(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == minio.NoSuchUpload
}

// fault is the storage's answer, or its silence, in words. What the storage itself wrote stays in the cause: only its code is repeated.
func (s *bucket) fault(ctx context.Context, err error) error {
	var known *fault.Error
	var answer minio.ErrorResponse
	switch {
	case errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return cancelled(ctx.Err())
	case errors.As(err, &answer):
		return &fault.Error{Code: fault.Unavailable, Message: s.words(answer), Cause: err}
	}
	cause := err
	var request *url.Error
	if errors.As(err, &request) {
		cause = request.Err
	}
	if reason, ok := reach.Reason(cause); ok {
		return &fault.Error{Code: fault.Unavailable, Message: "The storage at " + s.endpoint + " cannot be reached: " + reason, Cause: err}
	}
	return fault.New(fault.Unavailable, "The storage at %s cannot be reached: %w", s.endpoint, cause)
}

func (s *bucket) words(answer minio.ErrorResponse) string {
	at := "The storage at " + s.endpoint
	switch answer.Code {
	case minio.NoSuchBucket:
		return at + " has no bucket " + s.name + ": create it, or correct the address of the artifacts' store."
	case minio.InvalidAccessKeyID, minio.SignatureDoesNotMatch, "InvalidToken", "ExpiredToken", "InvalidSecurity":
		return at + " does not accept the credentials: check the access key and its secret."
	case minio.AccessDenied, "AllAccessDisabled", "AccountProblem":
		return at + " does not let these credentials read, write and remove objects in the bucket " + s.name + "."
	case minio.RequestTimeTooSkewed:
		return at + " does not accept the time of this computer: set its clock."
	case "PermanentRedirect", "TemporaryRedirect", minio.AuthorizationHeaderMalformed, minio.InvalidRegion, "IllegalLocationConstraintException":
		return at + " keeps the bucket " + s.name + " in another region: correct region in the address of the artifacts' store." + region(answer)
	case "XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity":
		return at + " has no room for the file."
	case minio.PreconditionFailed:
		return at + " has another file in place of the one that was opened."
	case minio.NotImplemented:
		return at + " does not know a request that is needed (writing only where nothing is, If-None-Match)."
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		return at + " is overloaded or out of order (" + answer.Code + "): try again later."
	}
	return at + " refused the request: " + answer.Code + "."
}

func region(answer minio.ErrorResponse) string {
	if answer.Region == "" {
		return ""
	}
	return " The bucket's is " + answer.Region + "."
}
