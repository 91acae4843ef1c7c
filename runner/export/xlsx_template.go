package export

import "errors"

func (b *book) openTemplate([]byte) error { return errors.New("templates come with the next commit") }

func (b *book) dropStaleValues() {}

func (s *resultSheet) templatePage() (path string, ok bool, err error) { return "", false, nil }
