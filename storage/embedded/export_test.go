package embedded

// WithCopies returns the options with the folder that unreachable programs are copied to.
func (o Options) WithCopies(dir string) Options {
	o.copyPlaces = []string{dir}
	return o
}

// Explain is the sentence for what a server of dir said before it ended.
func Explain(dir string, said ...string) error {
	s := &Server{options: Options{Dir: dir}, address: &address{dir: dir + "/" + clusterName}}
	j := &journal{logger: silent}
	for _, text := range said {
		j.take(text)
	}
	return s.explain(j.lines())
}
