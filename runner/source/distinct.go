package source

import "strconv"

// Distinct are the names of the columns in a table made of the result, which cannot have a name twice: the second x is x_2.
func Distinct(columns []Column) []string {
	taken := make(map[string]bool, len(columns))
	for _, c := range columns {
		taken[c.Name] = true
	}
	names, met, last := make([]string, len(columns)), map[string]bool{}, map[string]int{}
	for i, c := range columns {
		names[i] = c.Name
		if met[c.Name] {
			n := max(last[c.Name]+1, 2)
			for names[i] = numbered(c.Name, n); taken[names[i]]; names[i] = numbered(c.Name, n) {
				n++
			}
			last[c.Name], taken[names[i]] = n, true
		}
		met[c.Name] = true
	}
	return names
}

func numbered(name string, n int) string { return name + "_" + strconv.Itoa(n) }
