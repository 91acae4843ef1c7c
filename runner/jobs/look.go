package jobs

import (
	"context"
	"io"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
)

// Get is one run. NotFound when the actor may not see it.
func (s *Service) Get(ctx context.Context, actor *people.Actor, id string) (Record, error) {
	record, may, err := s.visible(ctx, actor, id)
	if err != nil {
		return record, err
	}
	if !may.data {
		record.Text, record.Charts, record.Parts = "", nil, nil
	}
	if record.Status != runner.Queued {
		return record, nil
	}
	now, err := s.Storage.Progress(ctx, []string{id})
	if err == nil && len(now) > 0 {
		record.Progress = &now[0]
	}
	return record, err
}

// List are the runs the actor may see without having their address: their own, those of reports they may edit, all for administrators.
func (s *Service) List(ctx context.Context, actor *people.Actor, filter Filter) (records []Record, next string, err error) {
	viewer := actor.ID
	if actor.IsAdministrator() {
		viewer = ""
	} else if viewer == "" {
		return nil, "", nil
	}
	return s.Storage.List(ctx, viewer, filter)
}

// Cancel ends a run. It returns before a running one has ended: Watch tells when. Conflict for one that ended otherwise.
func (s *Service) Cancel(ctx context.Context, actor *people.Actor, id string) error {
	record, may, err := s.visible(ctx, actor, id)
	if err != nil {
		return err
	}
	if !may.manage {
		return fault.New(fault.Forbidden, "A run can be cancelled by who started it and by those who may edit its report.")
	}
	status, err := s.Storage.Cancel(ctx, id, actor.Email, actor.Did("run.cancelled", "run", id, record.Title, nil))
	if err == nil && (status == runner.Succeeded || status == runner.Failed) {
		err = fault.New(fault.Conflict, "The run has ended already.")
	}
	return err
}

// Files are what the run has written, in their order.
func (s *Service) Files(ctx context.Context, actor *people.Actor, id string) ([]File, error) {
	if _, _, err := s.visible(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.Storage.Files(ctx, id)
}

// Open is a file of the run for somebody who is signed in. The caller closes it.
func (s *Service) Open(ctx context.Context, actor *people.Actor, id, fileID string) (File, Object, error) {
	record, err := s.withData(ctx, actor, id)
	if err != nil {
		return File{}, nil, err
	}
	file, err := s.fileOf(ctx, record, fileID)
	if err != nil {
		return file, nil, err
	}
	object, err := s.Artifacts.Open(ctx, file.Key)
	return file, object, err
}

func (s *Service) fileOf(ctx context.Context, record Record, fileID string) (File, error) {
	if err := removed(record); err != nil {
		return File{}, err
	}
	files, err := s.Storage.Files(ctx, record.ID)
	if err != nil {
		return File{}, err
	}
	for _, file := range files {
		if file.ID == fileID {
			return file, nil
		}
	}
	return File{}, fault.New(fault.NotFound, "The run has no such file.")
}

// removed is the sentence for files that retention has taken away.
func removed(record Record) error {
	if record.FilesRemoved == nil {
		return nil
	}
	return fault.New(fault.NotFound, "The files of this run were removed on %s, as files are kept for a limited time: run the report again with the same values.",
		record.FilesRemoved.In(locationOf(record)).Format("2 January 2006"))
}

func locationOf(record Record) *time.Location {
	location, err := time.LoadLocation(record.Timezone)
	if err != nil {
		return time.UTC
	}
	return location
}

// largestPage is how many rows are looked at together at most.
const largestPage = 1000

// Page is a piece of a cell's result, at most 1000 rows of it. NotFound for a cell whose rows were not kept, or are no more.
func (s *Service) Page(ctx context.Context, actor *people.Actor, id, cell string, offset, limit int64) (runner.Page, error) {
	kept, err := s.keptRows(ctx, actor, id, cell, offset, limit)
	if err != nil {
		return runner.Page{}, err
	}
	return kept.page(ctx, func(rows io.Reader) (runner.Page, error) {
		return runner.ReadPage(rows, kept.location, offset, min(limit, largestPage))
	})
}

// SortedPage is Page of all kept rows in the order of a column.
func (s *Service) SortedPage(ctx context.Context, actor *people.Actor, id, cell string, by runner.Sorting, offset, limit int64) (runner.Page, error) {
	kept, err := s.keptRows(ctx, actor, id, cell, offset, limit)
	if err != nil {
		return runner.Page{}, err
	}
	order, err := s.orders.of(ctx, orderKey{kept.key, by}, func() (order runner.Order, err error) {
		err = kept.read(ctx, func(rows io.Reader) (err error) {
			order, err = runner.SortKept(rows, by)
			return err
		})
		return order, err
	})
	if err != nil {
		return runner.Page{}, err
	}
	return kept.page(ctx, func(rows io.Reader) (runner.Page, error) {
		return runner.ReadSorted(rows, kept.location, order, offset, min(limit, largestPage))
	})
}

// keptRows are those of a cell that the actor may see.
type keptRows struct {
	files    Artifacts
	key      string
	location *time.Location
}

func (s *Service) keptRows(ctx context.Context, actor *people.Actor, id, cell string, offset, limit int64) (kept keptRows, err error) {
	record, err := s.withData(ctx, actor, id)
	if err != nil {
		return kept, err
	}
	result, err := cellOf(record, cell)
	if err != nil {
		return kept, err
	}
	if offset < 0 || limit < 0 {
		return kept, fault.New(fault.Invalid, "A page begins at row 0 or later and has no fewer than 0 rows.")
	}
	return keptRows{s.Artifacts, result.Kept.Path, locationOf(record)}, nil
}

// read goes through the rows from the first on.
func (k keptRows) read(ctx context.Context, do func(rows io.Reader) error) error {
	rows, err := k.files.Open(ctx, k.key)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // only read
	return do(rows)
}

func (k keptRows) page(ctx context.Context, do func(rows io.Reader) (runner.Page, error)) (page runner.Page, err error) {
	err = k.read(ctx, func(rows io.Reader) (err error) {
		page, err = do(rows)
		return err
	})
	return page, err
}

// cellOf is the result of a cell whose rows can be looked at.
func cellOf(record Record, name string) (runner.CellResult, error) {
	for _, cell := range record.Cells {
		if cell.Name != name {
			continue
		}
		if cell.Kept == nil {
			return cell, fault.New(fault.NotFound, "The rows of %s were not kept to be looked at: download the file.", name)
		}
		return cell, removed(record)
	}
	return runner.CellResult{}, fault.New(fault.NotFound, "The run has no result of a cell %q.", name)
}
