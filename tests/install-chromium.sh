#!/bin/sh
# The browser tests drive Debian's chromium. Installs it where that can be done without asking; otherwise the tests say why they are skipped.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium for the browser tests ..."
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium; } >/dev/null ||
        echo "chromium could not be installed; the browser tests will be skipped." >&2
fi
exit 0
