#!/usr/bin/env bash
# Breaks the code on purpose, one patch at a time, and demands that the tests which a patch names notice.
# Without arguments every patch of this folder; see README.md beside this file.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

own=${CARGO_TARGET_DIR:-$root/target}
scratch=$own/sabotage
tree=$scratch/tree
export CARGO_TARGET_DIR=$scratch/target CARGO_INCREMENTAL=1 CARGO_TERM_COLOR=never RUST_BACKTRACE=0

patches=("$@")
if ((${#patches[@]} == 0)); then
    shopt -s nullglob
    patches=(tests/sabotage/*.patch)
fi
if ((${#patches[@]} == 0)); then
    echo 'no patch to apply' >&2
    exit 1
fi

header() { sed -nE "s/^# $2: *(.*[^ ]) *$/\1/p;/^diff /q" "$1" | head -1; }

# What is committed is what is broken: the tree is a checkout of HEAD, so an unfinished edit is neither hurt nor tested.
[[ -z $(git status --porcelain -- src migrations tests Cargo.toml Cargo.lock) ]] || echo 'note: uncommitted changes are left out' >&2
mkdir -p "$scratch"
git worktree prune
if [[ -e $tree/.git ]]; then
    git -C "$tree" checkout --quiet --force --detach "$(git rev-parse HEAD)"
    git -C "$tree" clean --quiet -fd
else
    rm -rf "$tree"
    git worktree add --quiet --detach "$tree" HEAD
fi
# The dependencies are built already; only the product's own crates have to be built for the new place.
if [[ ! -e $CARGO_TARGET_DIR && -e $own/debug ]]; then
    mkdir -p "$CARGO_TARGET_DIR/debug"
    for part in .fingerprint build deps; do
        cp -a --reflink=auto "$own/debug/$part" "$CARGO_TARGET_DIR/debug/"
    done
fi

log=$(mktemp)
trap 'rm -f "$log"; git -C "$tree" checkout --quiet --force' EXIT

# tests COMMAND-WORDS: "broken" when they do not build, else "green N" or "red N" by the runner's own closing lines.
tests() {
    local words
    read -ra words <<<"$1"
    if ! (cd "$tree" && cargo test --locked --no-run "${words[@]}") >"$log" 2>&1 </dev/null; then
        echo broken
        return
    fi
    local status=0 passed failed
    (cd "$tree" && timeout 900 cargo test --locked --no-fail-fast "${words[@]}") >"$log" 2>&1 </dev/null || status=$?
    passed=$(sed -nE 's/^test result: .* ([0-9]+) passed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
    failed=$(sed -nE 's/^test result: .* ([0-9]+) failed.*/\1/p' "$log" | awk '{ n += $1 } END { print n + 0 }')
    if ((failed > 0)); then
        echo "red $failed"
    elif ((status == 0)); then
        echo "green $passed"
    else
        # Killed, hung or aborted: nothing was said about any promise.
        echo "broken"
    fi
}

bad=0
report() { printf '%-6s %s: %s\n' "$1" "$2" "$3"; }
fail() {
    report FAILED "$1" "$2"
    bad=$((bad + 1))
}

declare -A before promises
noticed=0
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    test=$(header "$patch" test) promise=$(header "$patch" promise)
    if [[ -z $test || -z $promise ]]; then
        fail "$name" 'has no header: # test: ARGUMENTS OF CARGO TEST, # promise: NUMBER'
        continue
    fi
    # A test that is red anyway, or runs nothing, notices nothing.
    [[ -n ${before[$test]:-} ]] || before[$test]=$(tests "$test")
    if [[ ${before[$test]} != green* || ${before[$test]} == 'green 0' ]]; then
        fail "$name" "without the patch, 'cargo test $test' is ${before[$test]}"
        tail -20 "$log" >&2
        continue
    fi
    if ! git -C "$tree" apply --index "$root/${patch#"$root"/}" 2>"$log"; then
        fail "$name" "does not apply: $(head -1 "$log")"
        continue
    fi
    result=$(tests "$test")
    git -C "$tree" reset --quiet --hard
    case $result in
    red*)
        report noticed "$name" "promise $promise, ${result#red } red of 'cargo test $test'"
        noticed=$((noticed + 1))
        promises[$promise]=$((${promises[$promise]:-0} + 1))
        ;;
    broken)
        fail "$name" 'does not build or does not end, which is no proof of a test'
        tail -20 "$log" >&2
        ;;
    *) fail "$name" "NOBODY NOTICED: '$test' stays $result" ;;
    esac
done

for promise in $(printf '%s\n' "${!promises[@]}" | sort -n); do
    ((promises[$promise] >= 2)) || echo "promise $promise has one patch only"
done
echo "$noticed of ${#patches[@]} patches were noticed"
((bad == 0))
