#!/usr/bin/env bash
# Builds the services, and their container images out of the target/quarkus-app that this leaves.
# Called by `./regulars images`; see deploy/README.md.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: ./regulars images [--base IMAGE] [--tag TAG] [--prefix PREFIX] [SERVICE…]
  --base IMAGE     image with a Java 25 to build on (default: what the Containerfiles name)
  --tag TAG        tag of the images (default: dev)
  --prefix PREFIX  before the service's name (default: regulars/)
  --no-build       take the services as they were last built
  SERVICE…         customer-service, scoring-service, campaign-service (default: all three)
TEXT
}
fail() { echo "images: $*" >&2; exit 1; }

deploy="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
project="$(dirname "$deploy")"
base="" tag=dev prefix=regulars/ compile=yes services=()

while [ $# -gt 0 ]; do
    case "$1" in
    --base | --tag | --prefix)
        [ $# -ge 2 ] || fail "$1 needs a value."
        declare "${1#--}=$2"
        shift 2
        ;;
    --no-build) compile=no; shift ;;
    -h | --help) usage; exit 0 ;;
    customer-service | scoring-service | campaign-service) services+=("$1"); shift ;;
    *) usage >&2; fail "unknown: $1" ;;
    esac
done
[ ${#services[@]} -gt 0 ] || services=(customer-service scoring-service campaign-service)

# shellcheck source-path=SCRIPTDIR source=engine.sh
source "$deploy/engine.sh"

if [ "$compile" = yes ]; then
    echo "images: building ${services[*]} …"
    modules="$(IFS=,; echo "${services[*]}")"
    (cd "$project" && mvn -B -ntp -q -Dmaven.test.skip=true package -pl "$modules" -am) || fail "the services do not build."
fi
for service in "${services[@]}"; do
    [ -f "$project/$service/target/quarkus-app/quarkus-run.jar" ] \
        || fail "$service is not built: $service/target/quarkus-app is missing. Run without --no-build."
done

case "$engine" in
docker) build=(docker build) ;;
# The files only copy, so nothing is lost where a container may not make namespaces of its own.
podman) build=(podman build --isolation chroot --format docker) ;;
buildah) build=(buildah bud --isolation chroot --format docker) ;;
esac

for service in "${services[@]}"; do
    echo "images: $prefix$service:$tag with $engine …"
    "${build[@]}" ${base:+--build-arg "BASE=$base"} \
        --tag "$prefix$service:$tag" \
        --file "$deploy/containers/$service.Containerfile" \
        "$project/$service/target/quarkus-app" \
        || fail "$service was not built. Where no registry can be reached, make a base with deploy/base-image.sh and give it with --base."
done
echo "images: built ${services[*]/#/$prefix} with the tag $tag"
