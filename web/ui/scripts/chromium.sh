#!/usr/bin/env bash
# Makes sure that there is a Chromium for the journeys, or says how to get one. CHROMIUM names another browser of its kind.
set -euo pipefail
found() {
	if [ -n "${CHROMIUM:-}" ]; then [ -x "$CHROMIUM" ]; else [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; fi
}
found && exit 0
if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get update -qq
	for package in chromium-headless-shell chromium; do # older releases have no build without a window
		echo "Installing Chromium (apt-get install $package)."
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null && break
	done
	found && exit 0
fi
echo "The tests of the pages need Chromium, and there is none at ${CHROMIUM:-/usr/bin/chromium}: install it (apt-get install chromium-headless-shell, or chromium), or name yours with CHROMIUM=/path/to/it." >&2
exit 1
