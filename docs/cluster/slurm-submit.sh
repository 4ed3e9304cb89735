#!/usr/bin/env bash
# Extracts an archive on a Slurm cluster: an array of shards, each on one node, then a job that merges them.
#
#   slurm-submit.sh OUT.jsonl N INPUT… [-- OPTION…]
#
# OUT.jsonl, the inputs and newsextract must be reachable under the same path on all nodes. The shards' outputs go to
# OUT.jsonl.parts. Safe to repeat: shards that are complete are left as they are, others go on where they were.
# Options behind -- go to extract; NEWSEXTRACT names the program (default: newsextract), SBATCH_… variables the partition,
# account, memory and so on, as sbatch documents them. Prints the numbers of the two jobs.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
out=$1
count=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
export NEWSEXTRACT=${NEWSEXTRACT:-newsextract}
mkdir -p "$out.parts"
array=$(sbatch --parsable --array="1-$count" --output="$out.parts/%a.log" "$here/slurm-shard.sbatch" "$out" "$count" "$@")
# Also after shards that failed: the merge itself tells what is missing.
merge=$(sbatch --parsable --dependency="afterany:$array" --output="$out.parts/merge.log" "$here/slurm-merge.sbatch" "$out" "$count")
echo "$array $merge"
