package catalog

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

// Compiled is a revision ready to run, with the snippets as they are kept now, and the workbooks beside it, which can be read as long
// as ctx lives. Revision 0 is the current one. Nobody's rights are asked. A report that has problems by now, since a snippet or a
// source has changed, is fault.Invalid around reports.Problems. The result is shared: it must not be changed.
func (c *Catalog) Compiled(ctx context.Context, id string, revision int) (*reports.Compiled, Entry, fs.FS, error) {
	entry, err := c.store.Entry(ctx, id, "")
	if err != nil {
		return nil, Entry{}, nil, err
	}
	if revision == 0 {
		revision = entry.Revision
	}
	options, err := c.sources(ctx)
	if err != nil {
		return nil, Entry{}, nil, err
	}
	version, err := c.store.SnippetsVersion(ctx)
	if err != nil {
		return nil, Entry{}, nil, err
	}
	key := compiledKey{entry.ID, entry.Slug, revision, version, sourcesKey(options)}
	report, ok := c.kept.compiled(key)
	if !ok {
		if report, err = c.compile(ctx, key, options); err != nil {
			return nil, Entry{}, nil, err
		}
	}
	return report, entry, workbooks{ctx, c.store, entry.Folder}, nil
}

func (c *Catalog) compile(ctx context.Context, key compiledKey, options reports.CheckOptions) (*reports.Compiled, error) {
	snippets, err := c.snippetsOf(ctx, key.snippets)
	if err != nil {
		return nil, err
	}
	options.Snippets = snippets
	revision, err := c.store.Revision(ctx, key.id, key.revision)
	if err != nil {
		return nil, err
	}
	report, problems := reports.Load(key.slug+".md", revision.Document, options)
	if len(problems) > 0 {
		return nil, fault.New(fault.Invalid, "%w", reports.Problems(problems))
	}
	c.kept.keepCompiled(key, report, len(revision.Document))
	return report, nil
}

func sourcesKey(options reports.CheckOptions) string {
	var all []string
	for name, dialect := range options.Sources {
		all = append(all, fmt.Sprintf("%s=%v", name, dialect))
	}
	slices.Sort(all)
	return fmt.Sprint(options.OnlySources, strings.Join(all, " "))
}

// workbooks shows a folder's workbooks as files.
type workbooks struct {
	ctx    context.Context // of the run that reads them
	store  FileStore
	folder string
}

func (w workbooks) Open(name string) (fs.File, error) {
	if strings.Contains(name, "/") || CheckFile(name) != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file, err := w.store.File(w.ctx, w.folder, name)
	if err != nil && fault.CodeOf(err) == fault.NotFound {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{bytes.NewReader(file.Content), file}, nil
}

type openFile struct {
	*bytes.Reader
	file File
}

func (f *openFile) Close() error               { return nil }
func (f *openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.file}, nil }

type fileInfo struct{ File }

func (i fileInfo) Name() string       { return i.File.Name }
func (i fileInfo) Size() int64        { return i.File.Size }
func (i fileInfo) Mode() fs.FileMode  { return 0o444 }
func (i fileInfo) ModTime() time.Time { return i.Updated }
func (i fileInfo) IsDir() bool        { return false }
func (i fileInfo) Sys() any           { return nil }
