# shellcheck shell=bash
# Sourced: sets `engine` to the container tool that works here, docker before podman before buildah.
# REGULARS_ENGINE overrules. A docker client whose daemon does not answer counts as absent.

find_engine() {
    if [ -n "${REGULARS_ENGINE:-}" ]; then
        command -v "$REGULARS_ENGINE" >/dev/null || fail "REGULARS_ENGINE names $REGULARS_ENGINE, which is not installed."
        engine="$REGULARS_ENGINE"
    elif command -v docker >/dev/null && docker info >/dev/null 2>&1; then
        engine=docker
    elif command -v podman >/dev/null; then
        engine=podman
    elif command -v buildah >/dev/null; then
        engine=buildah
    else
        fail "no container tool found. Install docker (with its daemon running), podman or buildah."
    fi
    case "$engine" in
    docker | podman | buildah) ;;
    *) fail "REGULARS_ENGINE must be docker, podman or buildah, not $engine." ;;
    esac
}
find_engine
