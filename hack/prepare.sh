# Sourced by the two commands: brings the pinned Node and the packages, so that the machine's own Node only has to start npm.
# Prints nothing where nothing is lacking.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! command -v npm >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Installing what is lacking: apt packages nodejs npm'
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
  else
    echo 'npm is lacking: install Node.js with npm (any version that npm 10 runs on), then run this command again.' >&2
    exit 1
  fi
fi
if [ ! -x node_modules/.bin/node ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Installing what is lacking: npm packages (npm ci)'
  npm ci --no-fund --no-audit --loglevel=error
fi
PATH="$PWD/node_modules/.bin:$PATH"
