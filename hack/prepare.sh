# Sourced by hack/launch: brings the pinned Node and the packages, so that the machine's own Node only has to start npm.
# Prints nothing where nothing is lacking, and on standard error where something is.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Runs a command, and says every 15 seconds for how long it has been at work.
attended() {
  local name=$1 pid began=$SECONDS
  shift
  "$@" >&2 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if [ $(((SECONDS - began) % 15)) = 14 ]; then echo "  … $name: $((SECONDS - began + 1)) s" >&2; fi
  done
  wait "$pid"
}

if ! command -v npm >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Installing what is lacking: apt packages nodejs npm' >&2
    attended apt-get apt-get update -qq
    DEBIAN_FRONTEND=noninteractive attended apt-get apt-get install -y -qq nodejs npm
  else
    echo 'npm is lacking: install Node.js with npm (any version that npm 10 runs on), then run this command again.' >&2
    exit 1
  fi
fi
if [ ! -x node_modules/.bin/node ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  # npm would empty the folder that a link leads to, which others may be using.
  if [ ! -L node_modules ]; then
    echo 'Installing what is lacking: npm packages (npm ci)' >&2
    attended 'npm ci' npm ci --no-fund --no-audit --loglevel=error
  elif [ ! -x node_modules/.bin/node ]; then
    echo "node_modules is a link to $(readlink node_modules), in which packages are lacking: run npm ci there." >&2
    exit 1
  fi
fi
PATH="$PWD/node_modules/.bin:$PATH"
