package reports

import "slices"

// Depends are the fields, in the order of the form, that decide whether a field is shown and what its options are: those that its
// templates use, and those that these depend on in turn.
func (c *Compiled) Depends(field string) []string {
	needed := map[string]bool{field: true}
	names := []string{}
	for i := len(c.Report.Form) - 1; i >= 0; i-- {
		name := c.Report.Form[i].Name
		if !needed[name] {
			continue
		}
		if name != field {
			names = append(names, name)
		}
		for _, earlier := range c.uses(name) {
			needed[earlier] = true
		}
	}
	slices.Reverse(names)
	return names
}

// uses are the fields that the templates of a field name, snippets included.
func (c *Compiled) uses(field string) []string {
	var names []string
	if options := c.Options[field]; options != nil {
		names = append(names, options.Fields()...)
	}
	if condition := c.ShowIf[field]; condition != nil {
		names = append(names, condition.Fields()...)
	}
	return names
}
