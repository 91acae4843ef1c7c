package api

import "bytes"

// ReadDocument reads the document as New does, with one text in the place of another.
func ReadDocument(before, after string) error {
	return new(server).read(bytes.Replace(document, []byte(before), []byte(after), 1))
}
