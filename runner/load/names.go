package load

import "fmt"

// uniqueNames keeps names as they are but for empty ones, which become column_1 and so on, and repeated ones, which get a number.
func uniqueNames(header []string) []string {
	given := make(map[string]bool, len(header))
	for _, name := range header {
		given[name] = true
	}
	used := make(map[string]bool, len(header))
	names := make([]string, len(header))
	for i, name := range header {
		base := name
		if name == "" {
			base = fmt.Sprintf("column_%d", i+1)
		}
		free := base
		for n := 2; used[free] || free != name && given[free]; n++ {
			free = fmt.Sprintf("%s_%d", base, n)
		}
		used[free] = true
		names[i] = free
	}
	return names
}
