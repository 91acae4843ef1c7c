// Command place puts the npm package's Postgres into a folder: go run ./storage/embedded/place DIR.
package main

import (
	"fmt"
	"os"

	"github.com/vitrina-reports/vitrina/storage/embedded"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "place needs one folder: where Postgres goes")
		os.Exit(2)
	}
	if err := embedded.Place(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
