#!/usr/bin/env bash
# Extracts an archive with GNU parallel, on the cores of one machine or on several machines over ssh, and merges.
#
#   parallel.sh OUT.jsonl N INPUT… [-- OPTION…]                          N shards, as many at once as there are cores
#   HOSTS=4/alice,8/bob,2/: parallel.sh OUT.jsonl N INPUT… [-- OPTION…]  at most 4 on alice, 8 on bob, 2 here
#
# With HOSTS, OUT.jsonl, the inputs and newsextract must be reachable under the same path on all of them. A shard whose
# process or host is lost is tried again, three times in all, wherever there is room, and goes on from its journal. Safe to
# repeat. Options behind -- go to extract; NEWSEXTRACT names the program (default: newsextract), SSH the ssh command.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=$(realpath -m "$1")
count=$2
shift 2
inputs=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do inputs+=("$(realpath "$1")"); shift; done
[ $# -gt 0 ] && shift
mkdir -p "$out.parts"
program=${NEWSEXTRACT:-newsextract}
where=()
[ -n "${HOSTS:-}" ] && where=(--sshlogin "$HOSTS" --ssh "${SSH:-ssh}")
# {} is the shard's number. Status 3, some articles failed, is no reason to try again: they are named in the .errors.
shard="$program extract$(printf ' %q' "${inputs[@]}") --shard {}/$count --out $(printf %q "$out.parts")/{}.jsonl --errors $(printf %q "$out.parts")/{}.jsonl.errors"
shard+=" --metrics $(printf %q "$out.parts")/{}.jsonl.metrics --resume --threads 1$([ $# = 0 ] || printf ' %q' "$@") || [ \$? = 3 ]"
parallel --will-cite --retries 3 "${where[@]}" "$shard" ::: $(seq "$count")
parts=()
errors=()
for ((i = 1; i <= count; i++)); do
    parts+=("$out.parts/$i.jsonl")
    errors+=("$out.parts/$i.jsonl.errors")
done
$program merge "${parts[@]}" --out "$out"
# Lines begin with {"ordinal":NUMBER, and each file is in order.
LC_ALL=C sort --merge --field-separator=: --key=2n "${errors[@]}" > "$out.errors.partial"
mv "$out.errors.partial" "$out.errors"
