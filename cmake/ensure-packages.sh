#!/bin/sh
# Installs what is missing of installer/debian-packages.txt: as root, with sudo, or by printing the command.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This system has no dpkg. Install what installer/debian-packages.txt names by hand, then run this again with CVD_SKIP_PACKAGES=1." >&2
    [ "${CVD_SKIP_PACKAGES:-}" = 1 ] && exit 0
    exit 4
fi

missing=
for package in $(sed -e 's/#.*//' "$root/installer/debian-packages.txt"); do
    state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in
    ii*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -z "$missing" ] && exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
else
    echo "These packages are missing and neither root nor sudo is at hand. Run as root, then try again:" >&2
    echo "  apt-get update && $command" >&2
    exit 4
fi
echo "Installing missing packages:$missing"
# A server that a package brings must not be started on the user's machine because of us.
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update
# shellcheck disable=SC2086 # the list is words on purpose
$as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 $command
