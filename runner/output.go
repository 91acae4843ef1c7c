package runner

import (
	"context"
	"io"
	"os"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// Output is where the files of one run go.
type Output interface {
	// Dir is the folder that files are written in until they are whole, on the file system they may be committed to.
	Dir() string
	// Publish makes a whole file available and returns its record with the Path, and with another Name where the wanted one was
	// taken. It either commits the file or copies its bytes from [export.File.ReadAt]; the file is the runner's to close. After an
	// error nothing is left of it. Files come one after another, all behind the last query.
	Publish(ctx context.Context, artifact Artifact, file *export.File) (Artifact, error)
	// Withdraw takes a published file back because a later one failed. ctx does not end with the run's.
	Withdraw(ctx context.Context, artifact Artifact) error
	// Keep stores the rows as they come, RowBinary compressed with zstd, for [ReadPage], and returns where. An error of rows is
	// returned, and then nothing is left. What was kept stays when the run fails: its record tells of it.
	Keep(ctx context.Context, cell string, rows io.Reader) (path string, err error)
}

// Folder is an Output that gives files their own names in a folder, which is made if need be. A file that is there already is never
// replaced: the new one gets a number.
func Folder(dir string) Output { return folder(dir) }

type folder string

func (f folder) Dir() string { return string(f) }

func (f folder) Publish(_ context.Context, artifact Artifact, file *export.File) (Artifact, error) {
	if err := file.Commit(artifact.Name); err != nil {
		return artifact, err
	}
	artifact.Name, artifact.Path = file.Name(), file.Path()
	return artifact, nil
}

func (f folder) Withdraw(_ context.Context, artifact Artifact) error {
	return fault.Disk(string(f), os.Remove(artifact.Path))
}

func (f folder) Keep(_ context.Context, cell string, rows io.Reader) (string, error) {
	file, err := export.Create(string(f))
	if err != nil {
		return "", err
	}
	defer file.Abort()
	if _, err := io.Copy(file, rows); err != nil {
		return "", err
	}
	if err := file.Commit(cell + ".rows.zst"); err != nil {
		return "", err
	}
	return file.Path(), nil
}
