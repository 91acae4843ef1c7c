// Package words holds what messages have in common: how near two words are, and how numbers are written.
package words

import "strconv"

// longest is the length, in letters, from which on words are not compared.
const longest = 100

// Distance counts the letters to insert, drop, change or swap with their neighbour to get from a to b (optimal string alignment).
// Words longer than 100 letters are as far from each other as they are long.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest {
		return max(len(x), len(y))
	}
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row := make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			change := last[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}

// Grouped writes a number as 1,000,001.
func Grouped[T int | int64](n T) string {
	digits, sign := strconv.FormatInt(int64(n), 10), ""
	if n < 0 {
		digits, sign = digits[1:], "-"
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Count is the number with the word in its form for it: "1 row", "2,500 rows".
func Count[T int | int64](n T, word string) string {
	if n != 1 {
		word += "s"
	}
	return Grouped(n) + " " + word
}
