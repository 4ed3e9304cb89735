#!/usr/bin/env bash
# Extracts an archive with GNU parallel, first on this machine's cores, then on two hosts over ssh (this machine under two
# names), where the process of one shard is killed in mid-run; compares both outputs with that of a single run. Needs Debian's
# parallel, openssh-server and openssh-client, and root. Leaves nothing behind.
#
#   parallel.sh COMMAND…     the program, e.g. parallel.sh dotnet NewsExtract.Cli.dll
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
export NEWSEXTRACT="$*" DOTNET_NOLOGO=1
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/cluster/archive.sh"
dir=$(mktemp -d /tmp/newsextract-parallel-XXXXXX)
daemon=

finish() {
    local status=$?
    [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
    [ $status = 0 ] || tail -n 15 "$dir"/*.log 2>/dev/null || true
    rm -rf "$dir"
    exit $status
}
trap finish EXIT

archive 600 > "$dir/in.jsonl"
echo "== single run over $(wc -l < "$dir/in.jsonl") lines"
status=0
$NEWSEXTRACT extract "$dir/in.jsonl" --out "$dir/single.jsonl" --errors "$dir/single.errors" || status=$?
[ $status = 3 ]

echo "== three shards on this machine's cores"
"$root/docs/cluster/parallel.sh" "$dir/cores.jsonl" 3 "$dir/in.jsonl"
cmp "$dir/single.jsonl" "$dir/cores.jsonl"
cmp "$dir/single.errors" "$dir/cores.jsonl.errors"

echo "== four shards on two hosts"
while port=$((20000 + RANDOM % 20000)); (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
ssh-keygen -q -t ed25519 -N '' -f "$dir/host"
ssh-keygen -q -t ed25519 -N '' -f "$dir/user"
cp "$dir/user.pub" "$dir/authorized"
chmod 600 "$dir/authorized"
mkdir -p /run/sshd
cat > "$dir/sshd_config" <<CONF
Port $port
ListenAddress 127.0.0.1
HostKey $dir/host
AuthorizedKeysFile $dir/authorized
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
UsePAM no
PidFile none
SetEnv PATH=$PATH DOTNET_NOLOGO=1
CONF
cat > "$dir/ssh_config" <<CONF
Host alice bob
    HostName 127.0.0.1
    Port $port
    User root
    IdentityFile $dir/user
    IdentitiesOnly yes
    StrictHostKeyChecking no
    UserKnownHostsFile $dir/known
    LogLevel ERROR
CONF
/usr/sbin/sshd -D -f "$dir/sshd_config" -E "$dir/sshd.log" &
daemon=$!
for _ in $(seq 50); do ssh -F "$dir/ssh_config" alice true 2>/dev/null && break; sleep 0.2; done
ssh -F "$dir/ssh_config" bob true
HOSTS=1/alice,1/bob SSH="ssh -F $dir/ssh_config" "$root/docs/cluster/parallel.sh" "$dir/hosts.jsonl" 4 "$dir/in.jsonl" -- --checkpoint 0.1 2> "$dir/run.log" &
run=$!
until [ -s "$dir/hosts.jsonl.parts/2.jsonl.partial" ]; do sleep 0.1; kill -0 $run; done
victim=
for p in /proc/[0-9]*; do
    line=$( (tr '\0' ' ' < "$p/cmdline") 2>/dev/null || true)
    case "$line" in dotnet*"--out $dir/hosts.jsonl.parts/2.jsonl "* | "${NEWSEXTRACT%% *}"*"--out $dir/hosts.jsonl.parts/2.jsonl "*) victim=${p#/proc/} ;; esac
done
[ -n "$victim" ]
echo "== the process of shard 2 is killed, $(wc -l < "$dir/hosts.jsonl.parts/2.jsonl.partial") records written"
kill -9 "$victim"
wait $run
grep -q '"resumedRecords": [1-9]' "$dir/hosts.jsonl.parts/2.jsonl.metrics"
cmp "$dir/single.jsonl" "$dir/hosts.jsonl"
cmp "$dir/single.errors" "$dir/hosts.jsonl.errors"
echo "the merged outputs of the shards are the single run's, $(wc -c < "$dir/single.jsonl") bytes"
