package server

import (
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/ClickHouse/ch-go/compress"
)

// output is the answer to one query on its way to the client.
type output struct {
	server  *Server
	client  http.ResponseWriter
	req     *request
	tag     string
	begun   time.Time
	encoder io.WriteCloser
}

func (s *Server) newOutput(w http.ResponseWriter, req *request) *output {
	return &output{server: s, client: w, req: req, tag: newTag(), begun: time.Now()}
}

// copy moves the result to the client and tells how the statement ended. An error is the client's: it has gone, and
// ended has not been read.
func (o *output) copy(from *os.File, ended <-chan outcome) error {
	if o.req.wait {
		return o.copyWhole(from, ended)
	}
	buffer := make([]byte, 4*held)
	n, readErr := io.ReadAtLeast(from, buffer, held)
	if readErr != nil {
		// The whole result is here, and so is its end.
		o.finish(<-ended, buffer[:n])
		return nil
	}
	o.start(outcome{})
	for {
		if _, err := o.Write(buffer[:n]); err != nil {
			return err
		}
		if n < len(buffer) {
			o.flush()
		}
		if n, readErr = from.Read(buffer); readErr != nil {
			break
		}
	}
	o.end((<-ended).err)
	return nil
}

// copyWhole keeps the result on disk until it is whole.
func (o *output) copyWhole(from *os.File, ended <-chan outcome) error {
	data, err := o.server.spool(from)
	if err != nil {
		from.Close()
		<-ended
		o.server.refuse(o.client, err)
		return nil
	}
	defer data.close()
	result := <-ended
	if result.err != nil {
		o.server.refuse(o.client, result.err)
		return nil
	}
	if _, err := data.path(); err != nil {
		o.server.refuse(o.client, err)
		return nil
	}
	o.start(result)
	_, _ = io.Copy(o, data.file)
	o.end(nil)
	return nil
}

// finish answers with a result that is known whole.
func (o *output) finish(result outcome, data []byte) {
	if result.err != nil {
		o.server.refuse(o.client, result.err)
		return
	}
	o.start(result)
	_, _ = o.Write(data)
	o.end(nil)
}

func (o *output) start(result outcome) {
	h := o.client.Header()
	h.Set("Content-Type", contentType(h.Get("X-ClickHouse-Format")))
	h.Set("X-ClickHouse-Exception-Tag", o.tag)
	h.Set("X-ClickHouse-Summary", summary(result.stats, time.Since(o.begun)))
	switch {
	case o.req.blocks:
		o.encoder = &blockWriter{to: o.client, codec: compress.NewWriter(compress.LevelZero, compress.LZ4)}
	case o.req.encoding == "gzip":
		o.encoder, _ = gzip.NewWriterLevel(o.client, gzip.BestSpeed)
	case o.req.encoding == "deflate":
		o.encoder, _ = zlib.NewWriterLevel(o.client, zlib.BestSpeed)
	}
	if o.encoder != nil && !o.req.blocks {
		h.Set("Content-Encoding", o.req.encoding)
	}
	o.client.WriteHeader(http.StatusOK)
}

func (o *output) Write(data []byte) (int, error) {
	if o.encoder != nil {
		return o.encoder.Write(data)
	}
	return o.client.Write(data)
}

// flush lets the client see rows that come slowly.
func (o *output) flush() {
	if f, ok := o.encoder.(interface{ Flush() error }); ok {
		_ = f.Flush()
	}
	_ = http.NewResponseController(o.client).Flush()
}

// end closes the answer, with the error that came behind data which is out already.
func (o *output) end(err error) {
	if err != nil {
		o.server.interrupt(o, o.tag, err)
	}
	if o.encoder != nil {
		_ = o.encoder.Close()
	}
}

// chooseEncoding takes the first of the client's encodings that can be written here; none is fine too.
func chooseEncoding(accepted string) string {
	for _, encoding := range strings.Split(accepted, ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(encoding), ";")
		if name == "gzip" || name == "deflate" {
			return name
		}
	}
	return ""
}

// blockWriter writes ClickHouse's compressed blocks.
type blockWriter struct {
	to    io.Writer
	codec *compress.Writer
}

func (b *blockWriter) Write(data []byte) (int, error) {
	if len(data) == 0 {
		return 0, nil
	}
	if err := b.codec.Compress(data); err != nil {
		return 0, err
	}
	if _, err := b.to.Write(b.codec.Data); err != nil {
		return 0, err
	}
	return len(data), nil
}

func (b *blockWriter) Close() error { return nil }
