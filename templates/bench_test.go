package templates

import "testing"

func BenchmarkBind(b *testing.B) {
	sql, _ := ParseSQL("SELECT {{ .columns }} FROM t WHERE x = {{ .q | upper }} {{ if .ids }}AND id IN {{ .ids }}{{ end }}", demoScope)
	env := demoEnv()
	for b.Loop() {
		if _, err := sql.Bind(env); err != nil {
			b.Fatal(err)
		}
	}
}
