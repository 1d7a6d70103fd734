#!/usr/bin/env bash
# A PostgreSQL server for tests, in a folder of its own, reached through a socket in that folder:
#   eng/postgres.sh install          installs PostgreSQL from Debian when it is missing
#   eng/postgres.sh start FOLDER     starts a server and prints its connection string; fails with 3 when PostgreSQL is missing
#   eng/postgres.sh restart FOLDER   kills it without notice and starts it again
#   eng/postgres.sh stop FOLDER      stops it and deletes the folder
set -euo pipefail
command=$1 folder=${2:-}

# Debian keeps the programs of each version apart and out of the path.
programs() { ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1 | grep . || dirname "$(command -v initdb)" 2> /dev/null; }

# The server refuses to run as root.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
  else
    "$@"
  fi
}

run() { as_owner "$(programs)/$1" "${@:2}" >> "$folder/commands.log" 2>&1 || { tail -n 40 "$folder/commands.log" "$folder/server.log" >&2; exit 1; }; }

case $command in
  install)
    if [ -z "$(programs)" ]; then
      apt-get update -qq >&2
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
    fi
    ;;
  start)
    if [ -z "$(programs)" ]; then echo 'PostgreSQL is not installed' >&2; exit 3; fi
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    chmod 755 "$folder"
    run initdb --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8
    # No address: two servers never compete for a port.
    run pg_ctl start --wait --pgdata "$folder/data" --log "$folder/server.log" \
      --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200"
    echo "Host=$folder;Username=postgres;Database=postgres"
    ;;
  restart)
    run pg_ctl restart --wait --mode immediate --pgdata "$folder/data" --log "$folder/server.log"
    ;;
  stop)
    as_owner "$(programs)/pg_ctl" stop --wait --mode immediate --pgdata "$folder/data" > /dev/null || true
    rm -rf "$folder"
    ;;
  *)
    echo "unknown command '$command'" >&2
    exit 2
    ;;
esac
