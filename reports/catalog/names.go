package catalog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

const (
	longestName   = 100 // characters of a folder's own name, and of a slug
	deepestFolder = 12
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// devices are names that Windows gives no file, whatever its extension.
var devices = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// CheckSlug refuses names that cannot be in an address or be the name of a file everywhere.
func CheckSlug(slug string) error {
	if !slugForm.MatchString(slug) || len(slug) > longestName || devices.MatchString(slug) || uuid.Validate(slug) == nil {
		return fault.New(fault.Invalid, "A report's address cannot be %q: it is made of lower-case Latin letters, digits and single dashes, as in partner-cards, and has at most %d of them.", slug, longestName)
	}
	return nil
}

var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// slugOf is the slug of a report by its title, without what only a run fills in.
func slugOf(title string) string {
	plain := strings.NewReplacer("/", " ", `\`, " ", ".", " ").Replace(action.ReplaceAllString(title, " "))
	slug := reports.Slug(plain)
	if len(slug) > longestName-10 {
		slug = strings.TrimRight(slug[:longestName-10], "-")
	}
	if CheckSlug(slug) != nil {
		return "report-" + slug[:min(len(slug), longestName/2)]
	}
	return slug
}

// reservedFolders are names that mean something else beside reports.
var reservedFolders = []string{reports.SnippetFolder, "node_modules", "testdata"}

// CheckFolder refuses paths that could not be folders of files everywhere. The root, "", is fine.
func CheckFolder(path string) error {
	if path == "" {
		return nil
	}
	names := strings.Split(path, "/")
	if len(names) > deepestFolder {
		return fault.New(fault.Invalid, "The folder %q is too deep: %d levels are enough.", path, deepestFolder)
	}
	for _, name := range names {
		if err := checkName(name); err != nil {
			return fault.New(fault.Invalid, "A folder cannot be called %q: %w", name, err)
		}
		if slices.Contains(reservedFolders, strings.ToLower(name)) {
			return fault.New(fault.Invalid, "A folder cannot be called %q: that name has a meaning of its own beside reports.", name)
		}
	}
	return nil
}

// CheckFile refuses names that no workbook can have.
func CheckFile(name string) error {
	if err := checkName(name); err != nil {
		return fault.New(fault.Invalid, "A workbook cannot be called %q: %w", name, err)
	}
	if !strings.HasSuffix(strings.ToLower(name), ".xlsx") || len(name) == len(".xlsx") {
		return fault.New(fault.Invalid, "A workbook cannot be called %q: its name ends in .xlsx.", name)
	}
	return nil
}

// checkName says what is wrong with the name of a file or folder, if anything is on any system.
func checkName(name string) error {
	stem, _, _ := strings.Cut(name, ".")
	switch {
	case name == "":
		return fault.New(fault.Invalid, "a name is missing.")
	case !utf8.ValidString(name) || !norm.NFC.IsNormalString(name):
		return fault.New(fault.Invalid, "it is not plain Unicode text (NFC).")
	case utf8.RuneCountInString(name) > longestName || len(name) > 240:
		return fault.New(fault.Invalid, "it has more than %d characters.", longestName)
	case strings.ContainsAny(name, `/\:*?"<>|`) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fault.New(fault.Invalid, `it has a character that file names cannot have everywhere: \ / : * ? " < > | or an invisible one.`)
	case strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.TrimSpace(name) != name || strings.HasPrefix(name, "~"):
		return fault.New(fault.Invalid, "it begins or ends with a dot, a space or ~.")
	case devices.MatchString(stem):
		return fault.New(fault.Invalid, "Windows keeps that name for itself.")
	}
	return nil
}
