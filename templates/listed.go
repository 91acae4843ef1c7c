package templates

// SQLFunctions are the names that a template of SQL may call, sorted.
func SQLFunctions() []string { return sortedKeys(sqlNames()) }

// TextFunctions are the names that a template of text may call, sorted.
func TextFunctions() []string { return sortedKeys(textNames()) }
