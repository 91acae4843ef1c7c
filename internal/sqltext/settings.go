package sqltext

import "strings"

// Setting is what a SETTINGS clause sets. Clause is the number of the token SETTINGS; those of the value are Value up to End. A name
// alone, which means 1, has none.
type Setting struct {
	Name               string
	Clause, Value, End int
}

// Settings are those of every SETTINGS clause, however deep. A name that ClickHouse would take from a parameter is shown as it is
// written. In doubt, as in SELECT settings x, y, it is a clause.
func (s Statement) Settings() []Setting {
	var out []Setting
	for i, t := range s.Tokens {
		if t.Is("SETTINGS") {
			out = append(out, s.clause(i)...)
		}
	}
	return out
}

func (s Statement) clause(at int) []Setting {
	var out []Setting
	for i := at; i == at || s.sign(i, ","); {
		name, next := s.settingName(i + 1)
		found := Setting{Name: name, Clause: at, Value: next, End: next}
		switch {
		case name == "":
			return out
		case s.sign(next, "="):
			found.Value, found.End = s.value(next+1, s.Tokens[at].Depth)
		case !s.ends(next, s.Tokens[at].Depth) || isOrder(name):
			return out
		}
		out = append(out, found)
		i = found.End
	}
	return out
}

// settingName reads a name, which may have dots in it, or a parameter, and gives the number of the token behind it.
func (s Statement) settingName(i int) (name string, next int) {
	if i >= len(s.Tokens) {
		return "", i
	}
	if s.sign(i, "{") {
		next = i + 1
		for next < len(s.Tokens) && s.Tokens[next].Depth > s.Tokens[i].Depth {
			next++
		}
		next = min(next+1, len(s.Tokens))
		return s.Text[s.Tokens[i].Start:s.Tokens[next-1].End], next
	}
	if t := s.Tokens[i]; t.Kind == Word || t.Kind == Quoted {
		name, next = t.Text, i+1
	}
	for name != "" && s.sign(next, ".") && next+1 < len(s.Tokens) {
		name += "." + s.Tokens[next+1].Text
		next += 2
	}
	return name, next
}

// value reads what stands behind the first sign of equality.
func (s Statement) value(i, depth int) (start, end int) {
	if s.sign(i, "=") {
		i++
	}
	end = min(i+1, len(s.Tokens))
	for !s.ends(end, depth) {
		end++
	}
	return min(i, end), end
}

// ends tells whether a value, or the clause, of that depth ends before the token.
func (s Statement) ends(i, depth int) bool {
	if i >= len(s.Tokens) || s.Tokens[i].Depth < depth {
		return true
	}
	t := s.Tokens[i]
	if t.Depth > depth || t.Kind == Quoted || t.Kind == String {
		return false
	}
	switch strings.ToUpper(t.Text) {
	case ",", ";", "UNION", "INTERSECT", "EXCEPT", "FORMAT", "INTO", "PARALLEL":
		return true
	}
	return false
}

// isOrder tells words that stand behind a column called settings, and are no settings.
func isOrder(word string) bool {
	switch strings.ToUpper(word) {
	case "ASC", "DESC", "END":
		return true
	}
	return false
}

func (s Statement) sign(i int, sign string) bool {
	return i < len(s.Tokens) && s.Tokens[i].IsSign(sign)
}
