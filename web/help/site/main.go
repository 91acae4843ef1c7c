// Command site writes the documentation as files, for any web server.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/vitrina-reports/vitrina/docs"
	"github.com/vitrina-reports/vitrina/web/help"
)

func main() {
	out := flag.String("out", "bin/docs", "the folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(out string) error {
	site, err := help.New(docs.Files, help.Options{})
	if err != nil {
		return err
	}
	return site.Write(out)
}
