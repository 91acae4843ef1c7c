package runner

import "strconv"

// queryID is the id of a cell's query. Later attempts have ids of their own, since what an earlier one left running is stopped by id.
func queryID(run, cell string, attempt int) string {
	return attempted(run+"-"+cell, attempt)
}

// formatQueryID is the id of the query that makes a file of a cell's rows.
func formatQueryID(run, cell, format string, attempt int) string {
	return attempted(run+"-"+cell+"-"+format, attempt)
}

func attempted(id string, attempt int) string {
	if attempt > 1 {
		id += "-" + strconv.Itoa(attempt)
	}
	return id
}
