#!/usr/bin/env bash
# Makes a base image for the services where no image registry can be reached: a small Debian by debootstrap, and the
# JDK that JAVA_HOME names. Run as root on Debian or Ubuntu; needs debootstrap, and docker, podman or buildah.
#
#   deploy/base-image.sh [NAME]        NAME defaults to localhost/regulars-base:25
#   DEBIAN_SUITE=bookworm              which release
#   DEBIAN_MIRROR=URL                  where from; debootstrap's own default when unset
set -euo pipefail

name="${1:-localhost/regulars-base:25}"
suite="${DEBIAN_SUITE:-bookworm}"
fail() { echo "base-image: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "debootstrap needs root; run this with sudo -E."
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "set JAVA_HOME to the JDK 25 that the image shall hold."
grep -q '^JAVA_VERSION="25' "$JAVA_HOME/release" || fail "JAVA_HOME is not a JDK 25: $JAVA_HOME"
# shellcheck source-path=SCRIPTDIR source=engine.sh
source "$(dirname "${BASH_SOURCE[0]}")/engine.sh"

root="$(mktemp -d)"
# Should debootstrap die half-way, what it has mounted in there is left alone.
trap 'rm -rf --one-file-system "$root"' EXIT

echo "base-image: Debian $suite …"
debootstrap --variant=minbase --include=ca-certificates,tzdata "$suite" "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$root.log" 2>&1 \
    || { tail -5 "$root.log" >&2; fail "debootstrap failed; its log is $root.log"; }
rm -rf "$root.log" "${root:?}"/var/cache/apt/* "${root:?}"/var/lib/apt/lists/* "${root:?}"/usr/share/{doc,man,locale}/* "${root:?}"/dev/*

echo "base-image: Java from JAVA_HOME …"
mkdir -p "$root/opt/java"
cp -aL "$JAVA_HOME" "$root/opt/java/openjdk"
# What only compiling needs.
rm -rf "${root:?}"/opt/java/openjdk/{include,man,jmods,lib/src.zip}

echo "base-image: importing as $name …"
case "$engine" in
docker | podman)
    tar -C "$root" -c . | "$engine" import \
        --change 'ENV JAVA_HOME=/opt/java/openjdk' \
        --change 'ENV PATH=/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin' \
        --change 'ENV LANG=C.UTF-8' - "$name"
    ;;
buildah)
    container="$(buildah from scratch)"
    tar -C "$root" -cf "$root.tar" .
    buildah add "$container" "$root.tar" /
    rm -f "$root.tar"
    buildah config --env JAVA_HOME=/opt/java/openjdk --env LANG=C.UTF-8 \
        --env PATH=/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin "$container"
    buildah commit --rm "$container" "$name"
    ;;
esac
echo "base-image: done; build the services on it with: ./regulars images --base $name"
