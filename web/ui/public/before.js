// Runs before the first paint, so that a dark page never flashes white and the language of the document is right from the start.
(function () {
  var kept = function (key) {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var scheme = kept("vitrina.scheme") || "auto";
  var dark = scheme === "dark" || (scheme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  var language = kept("vitrina.language") || (/^ru\b/.test(navigator.language) ? "ru" : "en");
  document.documentElement.lang = language;
})();
