package infer

import "encoding/hex"

// parseUUID takes lower case only: upper case would come back changed.
func parseUUID(s []byte) (id [16]byte, ok bool) {
	if s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, false
	}
	var packed [32]byte
	n := 0
	for i, c := range s {
		switch i {
		case 8, 13, 18, 23:
			continue
		}
		if c >= 'A' && c <= 'F' {
			return id, false
		}
		packed[n] = c
		n++
	}
	_, err := hex.Decode(id[:], packed[:])
	return id, err == nil
}
