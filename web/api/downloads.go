package api

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// downloadRoot is where files are: /d/{token} for links, /d/{run}/{file} for who is signed in and may see what the run found.
const downloadRoot = "/d"

func linkAddress(token string) string {
	if token == "" {
		return ""
	}
	return downloadRoot + "/" + token
}

func fileAddress(run, file string) string { return downloadRoot + "/" + run + "/" + file }

// files has the routes of downloads.
func (s *server) files(engine *gin.Engine) {
	group := engine.Group(downloadRoot, s.greet, s.throttle)
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		group.Handle(method, "/:token", s.download)
		group.Handle(method, "/:token/:file", s.download)
	}
}

// greet finds out who acts, if anybody has signed in. Who still has somebody else's password has not yet.
func (s *server) greet(c *gin.Context) {
	actor, err := s.actor(c, visitOf(c).address)
	switch {
	case err != nil && fault.CodeOf(err) != fault.Unauthenticated:
		s.refuseDownload(c, err)
	case err == nil && !owesPassword(actor) && actor.Has(people.ScopeRead):
		visitOf(c).actor = actor
	}
}

// download answers with a file: the whole of it, or the ranges that are asked for.
func (s *server) download(c *gin.Context) {
	actor := visitOf(c).actor
	file, object, err := s.openFile(c, actor)
	if err != nil {
		s.refuseDownload(c, err)
		return
	}
	defer func() { _ = object.Close() }() // only read
	header := c.Writer.Header()
	header.Set("Content-Type", mediaType(file.Name))
	header.Set("Content-Disposition", attachment(file.Name))
	header.Set("Cache-Control", "private, no-store")
	if actor == nil { // a link that opens for anyone
		header.Set("Cache-Control", "private, no-cache")
	}
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Time{}) // large files take their time
	serveFile(c.Writer, c.Request, file, object)
}

// openFile is what the address leads to for the actor; the caller closes it.
func (s *server) openFile(c *gin.Context, actor *people.Actor) (jobs.File, jobs.Object, error) {
	token, id := c.Param("token"), c.Param("file")
	if id == "" {
		return s.openLink(c, token, actor)
	}
	if actor == nil {
		return jobs.File{}, nil, fault.New(fault.Unauthenticated, "Sign in to open this file.")
	}
	file, object, err := s.Runs.Open(c, actor, token, id)
	if err != nil || c.Request.Method == http.MethodHead {
		return file, object, err
	}
	return s.downloaded(c, actor, token, file, object)
}

// downloaded records the download. Parts of the file are recorded too: all but the first byte is as good as all of it.
func (s *server) downloaded(c *gin.Context, actor *people.Actor, run string, file jobs.File, object jobs.Object) (jobs.File, jobs.Object, error) {
	if s.Audit == nil {
		return file, object, nil
	}
	details := map[string]any{"file": file.ID}
	if goesOn(c.Request) {
		details["range"] = c.Request.Header.Get("Range")
	}
	if err := s.Audit.Record(c, actor.Did("file.downloaded", "run", run, file.Name, details)); err != nil {
		return file, nil, errors.Join(err, object.Close())
	}
	return file, object, nil
}

// openLink counts the opening, but for a look at the headers and for the rest of a file that was begun before.
func (s *server) openLink(c *gin.Context, token string, opener *people.Actor) (jobs.File, jobs.Object, error) {
	if opener == nil {
		opener = &people.Actor{Person: people.Person{Email: "anyone with the link"}, Via: people.ByLink, Address: visitOf(c).address}
	}
	head := c.Request.Method == http.MethodHead
	if !head && !goesOn(c.Request) {
		return s.Runs.OpenLink(c, token, opener)
	}
	file, object, err := s.Runs.LookLink(c, token, opener)
	if err != nil || head {
		return file, object, err
	}
	return s.downloaded(c, opener, file.RunID, file, object)
}

// rest is one range that begins behind the first byte. Several, or the last so many bytes, may be all of the file.
var rest = regexp.MustCompile(`^bytes=0*[1-9][0-9]{0,17}-[0-9]*$`)

// goesOn tells whether the request is for the rest of a file. With If-Range it may become one for all of it.
func goesOn(r *http.Request) bool {
	return r.Header.Get("If-Range") == "" && rest.MatchString(strings.ReplaceAll(r.Header.Get("Range"), " ", ""))
}

// serveFile leaves ranges and conditions to the standard library. Its validator is the checksum of the file: strong for its own bytes,
// weak for packed ones.
func serveFile(w http.ResponseWriter, r *http.Request, file jobs.File, object jobs.Object) {
	header, tag := w.Header(), `"`+file.SHA256+`"`
	header.Set("ETag", tag)
	content := &watched{ReadSeeker: object}
	if !packable(file.Name) {
		http.ServeContent(w, r, "", object.ModTime(), content)
		return
	}
	header.Add("Vary", "Accept-Encoding")
	if object.Size() < leastPacked || r.Header.Get("Range") != "" || !takesGzip(r) {
		http.ServeContent(w, r, "", object.ModTime(), content)
		return
	}
	header.Set("ETag", "W/"+tag)
	header.Set("Content-Encoding", "gzip")
	packed := &packer{ResponseWriter: w}
	http.ServeContent(packed, r, "", object.ModTime(), content)
	if content.err != nil || packed.Close() != nil {
		panic(http.ErrAbortHandler) // a file cut short must not look whole
	}
}

// watched remembers that reading failed, which http.ServeContent keeps to itself.
type watched struct {
	io.ReadSeeker
	err error
}

func (w *watched) Read(data []byte) (int, error) {
	n, err := w.ReadSeeker.Read(data)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}
