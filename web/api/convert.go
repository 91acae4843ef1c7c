package api

// mapped is never nil, so that JSON has an empty list and not null.
func mapped[A, B any](list []A, each func(A) B) []B {
	result := make([]B, len(list))
	for i, item := range list {
		result[i] = each(item)
	}
	return result
}

// given is what a request has, or the zero value where it leaves something out.
func given[T any](value *T) T {
	if value == nil {
		var zero T
		return zero
	}
	return *value
}
