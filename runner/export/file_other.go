//go:build !linux

package export

import (
	"errors"
	"os"
)

func createNameless(string, uint32) (*os.File, bool) { return nil, false }

func linkNameless(*os.File, string) error { return errors.ErrUnsupported }
