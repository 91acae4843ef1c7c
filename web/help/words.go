package help

// language is one the documentation is read in.
type language struct {
	Code, Folder, Name string
	Words              words
}

// words are those of the pages around the text.
type words struct {
	Help, Open, Skip, Contents, Search, SearchHint, OnThisPage, Previous, Next, Language, NotTranslated, Missing, MissingText, Home,
	Found, NothingFound, Copy, Copied string
}

var languages = []language{
	{Code: "en", Name: "English", Words: words{
		Help: "Help", Open: "Open Vitrina", Skip: "Skip to the text", Contents: "Contents", Search: "Search the help",
		SearchHint: "Press / to search", OnThisPage: "On this page", Previous: "Previous", Next: "Next", Language: "Language",
		Missing: "There is no such page", MissingText: "The page may have moved. Look for it in the contents, or search.", Home: "All pages",
		Found: "found", NothingFound: "Nothing found. Try another word.", Copy: "Copy", Copied: "Copied",
	}},
	{Code: "ru", Folder: "ru/", Name: "Русский", Words: words{
		Help: "Справка", Open: "Открыть Витрину", Skip: "Перейти к тексту", Contents: "Содержание", Search: "Поиск по справке",
		SearchHint: "Нажмите / для поиска", OnThisPage: "На этой странице", Previous: "Назад", Next: "Дальше", Language: "Язык",
		NotTranslated: "Эта страница пока не переведена, поэтому показана по-английски.",
		Missing:       "Такой страницы нет", MissingText: "Возможно, её перенесли. Найдите её в содержании или через поиск.", Home: "Все страницы",
		Found: "найдено", NothingFound: "Ничего не нашлось. Попробуйте другое слово.", Copy: "Копировать", Copied: "Скопировано",
	}},
}
