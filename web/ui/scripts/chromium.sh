#!/usr/bin/env bash
# Makes sure that there is a Chromium for the journeys, or says how to get one. CHROMIUM names another browser of its kind.
set -euo pipefail
browser=${CHROMIUM:-/usr/bin/chromium}
[ -x "$browser" ] && exit 0
if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "Installing Chromium (apt-get install chromium)."
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
	[ -x "$browser" ] && exit 0
fi
echo "The tests of the pages need Chromium, and there is none at $browser: install it (apt-get install chromium), or name yours with CHROMIUM=/path/to/it." >&2
exit 1
