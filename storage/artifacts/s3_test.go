package artifacts_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

func endpoint(t *testing.T, at place) *url.URL {
	t.Helper()
	u, err := url.Parse(at.address)
	if err != nil {
		t.Fatal(err)
	}
	if u, err = url.Parse(u.Query().Get("endpoint")); err != nil {
		t.Fatal(err)
	}
	return u
}

// uploads are the ids of the uploads that were begun and not ended.
func uploads(t *testing.T, at place) (ids []string) {
	t.Helper()
	client, err := minio.New(endpoint(t, at).Host, &minio.Options{Creds: credentials.NewStaticV4(testKey, testSecret, ""), Region: "eu-west-1"})
	if err != nil {
		t.Fatal(err)
	}
	for upload := range client.ListIncompleteUploads(t.Context(), "exports", "", true) {
		switch {
		case upload.Err == nil:
			ids = append(ids, upload.UploadID)
		case minio.ToErrorResponse(upload.Err).Code != minio.NoSuchUpload:
			t.Fatal(upload.Err)
		}
	}
	return ids
}

func TestAFailedUploadGivesItsPartsBack(t *testing.T) {
	t.Parallel()
	at := bucketPlace(t)
	store := at.open(t, nil)
	if _, err := store.Put(t.Context(), "a", bytes.NewReader(content(part+1)), part+2); err == nil {
		t.Error("a file that is too short was kept")
	}
	if left := uploads(t, at); len(left) > 0 {
		t.Errorf("there are still the uploads %v", left)
	}
}

// between is a proxy in front of the storage that may meddle with a request.
func between(t *testing.T, at place, meddle func(w http.ResponseWriter, r *http.Request, storage http.Handler)) place {
	t.Helper()
	storage := httputil.NewSingleHostReverseProxy(endpoint(t, at))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { meddle(w, r, storage) }))
	t.Cleanup(server.Close)
	return place{address: bucketAddress(server.URL), spool: at.spool}
}

func TestALostAnswerIsNotTakenForSomebodyElsesFile(t *testing.T) {
	t.Parallel()
	var lost atomic.Int32
	at := between(t, bucketPlace(t), func(w http.ResponseWriter, r *http.Request, storage http.Handler) {
		if r.Method != http.MethodPut || lost.Add(1) > 1 {
			storage.ServeHTTP(w, r)
			return
		}
		storage.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	})
	store := at.open(t, nil)
	put(t, store, "a", "once")
	if lost.Load() < 2 {
		t.Error("nothing was lost")
	}
	if got := string(read(t, store, "a")); got != "once" {
		t.Errorf("the key has %q", got)
	}
}

func TestAKeyTakenDuringALongUploadIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	behind := bucketPlace(t)
	other := behind.open(t, nil)
	at := between(t, behind, func(w http.ResponseWriter, r *http.Request, storage http.Handler) {
		if r.Method != http.MethodPost || r.URL.Query().Get("uploadId") == "" {
			storage.ServeHTTP(w, r)
			return
		}
		put(t, other, "a", "theirs")
		if r.Header.Get("If-None-Match") != "*" {
			t.Error("the upload would replace what is there")
		}
		w.WriteHeader(http.StatusPreconditionFailed)
		_, _ = io.WriteString(w, "<Error><Code>PreconditionFailed</Code></Error>")
	})
	if _, err := at.open(t, nil).Put(t.Context(), "a", bytes.NewReader(content(part+1)), -1); !errors.Is(err, artifacts.ErrExists) {
		t.Errorf("a key that was taken meanwhile: %v", err)
	}
	if got := string(read(t, other, "a")); got != "theirs" {
		t.Errorf("the key has %d bytes", len(got))
	}
	if left := uploads(t, behind); len(left) > 0 {
		t.Errorf("there are still the uploads %v", left)
	}
}

func TestAnInterruptedDownloadIsAnErrorAndNotAShortFile(t *testing.T) {
	t.Parallel()
	at := between(t, bucketPlace(t), func(w http.ResponseWriter, r *http.Request, storage http.Handler) {
		if r.Method != http.MethodGet {
			storage.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		storage.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		_, _ = w.Write(answer.Body.Bytes()[:100])
		panic(http.ErrAbortHandler)
	})
	store := at.open(t, nil)
	put(t, store, "a", string(content(5000)))
	object, err := store.Open(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(object)
	if fault.CodeOf(err) != fault.Unavailable || len(got) >= 5000 {
		t.Errorf("%d bytes and %v", len(got), err)
	}
	if err := object.Close(); err != nil {
		t.Error(err)
	}
}

func TestAStorageThatIgnoresRangesIsNoticed(t *testing.T) {
	t.Parallel()
	at := between(t, bucketPlace(t), func(w http.ResponseWriter, r *http.Request, storage http.Handler) {
		r.Header.Del("Range")
		storage.ServeHTTP(w, r)
	})
	store := at.open(t, nil)
	put(t, store, "a", "0123456789")
	object, err := store.Open(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = object.Close() }()
	if _, err := object.Seek(5, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(object); fault.CodeOf(err) != fault.Unavailable || len(got) > 0 {
		t.Errorf("%q and %v", got, err)
	}
}

func TestAListOfManyPagesIsWhole(t *testing.T) {
	t.Parallel()
	store := bucketPlace(t).open(t, nil)
	const many = 1010 // a page has 1000
	var names []string
	for i := range many {
		names = append(names, fmt.Sprintf("runs/%d", i))
		put(t, store, names[i], "x")
	}
	if found := keys(t, store, "runs/"); len(found) != many {
		t.Errorf("%d of %d keys", len(found), many)
	}
	if err := store.Remove(t.Context(), names...); err != nil {
		t.Fatal(err)
	}
	if found := keys(t, store, ""); len(found) > 0 {
		t.Errorf("%d keys are still there", len(found))
	}
}

func TestWhatTheStorageRefusesIsToldInWords(t *testing.T) {
	t.Parallel()
	for code, words := range map[string]string{
		"InvalidAccessKeyId": "does not accept the credentials", "SignatureDoesNotMatch": "does not accept the credentials",
		"AccessDenied": "does not let these credentials", "NoSuchBucket": "has no bucket exports", "RequestTimeTooSkewed": "set its clock",
		"PermanentRedirect": "in another region", "XMinioStorageFull": "has no room", "Whatever": "refused the request: Whatever",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusForbidden)
				_, _ = fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s %s</Message></Error>", code, testKey, testSecret)
			}))
			t.Cleanup(server.Close)
			store := place{address: bucketAddress(server.URL), spool: t.TempDir()}.open(t, nil)
			err := store.Check(t.Context())
			if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), words) {
				t.Errorf("%v", err)
			}
			if err != nil && (strings.Contains(err.Error(), testKey) || strings.Contains(err.Error(), testSecret)) {
				t.Errorf("credentials in %q", err)
			}
			for _, err := range store.List(t.Context(), "") {
				if fault.CodeOf(err) != fault.Unavailable {
					t.Errorf("a list: %v", err)
				}
			}
		})
	}
}

func TestAnUnreachableStorageIsToldInWords(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	store := place{address: bucketAddress(server.URL), spool: t.TempDir()}.open(t, nil)
	err := store.Check(t.Context())
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "cannot be reached: the connection was refused") || strings.Contains(err.Error(), testKey) {
		t.Errorf("%v", err)
	}
	var known *fault.Error
	if !errors.As(err, &known) {
		t.Errorf("%T", err)
	}
}

func TestCredentialsAreNotPrinted(t *testing.T) {
	t.Parallel()
	address := "s3://" + testKey + ":" + url.QueryEscape(testSecret) + "@exports/of?endpoint=http://localhost:1"
	store, err := artifacts.Open(t.Context(), address, artifacts.Options{Spool: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, store); text != "s3://exports/of at localhost:1" {
			t.Errorf("%s: %s", verb, text)
		}
	}
}
