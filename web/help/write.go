package help

import (
	"os"
	"path/filepath"
)

// Write writes the site into a folder, a file a page. Files that are there already are replaced, others stay.
func (s *Site) Write(folder string) error {
	for path, f := range s.files {
		name := filepath.Join(folder, filepath.FromSlash(fileOf(path)))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
