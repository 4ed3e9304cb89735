#!/usr/bin/env bash
# Brings up a Slurm cluster of two nodes on this machine, extracts an archive as four shards, kills the daemon and the task
# of one node in mid-run, and compares the merged output with that of a single run. Needs Debian's slurm-wlm and munge, and
# root; no systemd. Leaves nothing behind and touches nothing outside its own folder.
#
#   slurm.sh COMMAND…     the program, e.g. slurm.sh dotnet NewsExtract.Cli.dll
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
export NEWSEXTRACT="$*" DOTNET_NOLOGO=1
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/cluster/archive.sh"
dir=$(mktemp -d /tmp/newsextract-slurm-XXXXXX)
pids=()

finish() {
    local status=$?
    if [ $status != 0 ]; then tail -n 15 "$dir"/log/* "$dir"/out.jsonl.parts/*.log 2>/dev/null || true; fi
    scancel --user=root 2>/dev/null || true
    for pid in $(children) "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$dir"
    exit $status
}

# The tasks that this cluster has started, on one node or on both, told by their environment, and the daemons' steps above them.
children() { # [NODE]
    local p parent environment
    for p in /proc/[0-9]*; do
        environment=$( (tr '\0' '\n' < "$p/environ") 2>/dev/null || true)
        if grep -qx "SLURMD_NODENAME=${1:-n[12]}" <<< "$environment" && grep -qx "SLURM_CONF=$dir/slurm.conf" <<< "$environment"; then
            echo "${p#/proc/}"
            parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$p/status" 2>/dev/null || true)
            if [ "$(cat "/proc/$parent/comm" 2>/dev/null)" = slurmstepd ]; then echo "$parent"; fi
        fi
    done
}

until_true() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ $SECONDS -ge $end ]; then echo "waited in vain: $*" >&2; return 1; fi
        sleep 0.2
    done
}

free_port() {
    local port
    while port=$((20000 + RANDOM % 20000)); do
        if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
}

trap finish EXIT
mkdir -p "$dir"/{log,state,spooln1,spooln2,munge}
chmod 700 "$dir/munge"
export SLURM_CONF=$dir/slurm.conf
head -c 1024 /dev/urandom > "$dir/munge/key"
chmod 600 "$dir/munge/key"
munged --foreground --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" > "$dir/log/munged" 2>&1 &
pids+=($!)
cat > "$SLURM_CONF" <<CONF
ClusterName=newsextract
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CredType=cred/munge
SlurmctldPort=$(free_port)
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
ReturnToService=1
SlurmdTimeout=10
SlurmctldTimeout=10
InactiveLimit=0
KillWait=5
MinJobAge=300
JobRequeue=1
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
until_true 20 test -S "$dir/munge/socket"
slurmctld -D > "$dir/log/slurmctld" 2>&1 &
pids+=($!)
slurmd -D -N n1 > "$dir/log/n1" 2>&1 &
node1=$!
pids+=($node1)
slurmd -D -N n2 > "$dir/log/n2" 2>&1 &
pids+=($!)
idle() { [ "$(sinfo --noheader --format=%T --nodes=n1,n2 2>/dev/null | sort -u)" = idle ]; }
until_true 60 idle

archive 600 > "$dir/in.jsonl"
echo "== single run over $(wc -l < "$dir/in.jsonl") lines"
status=0
$NEWSEXTRACT extract "$dir/in.jsonl" --out "$dir/single.jsonl" --errors "$dir/single.errors" || status=$?
[ $status = 3 ]

echo "== four shards on two nodes"
cd "$dir"
read -r array merge < <("$root/docs/cluster/slurm-submit.sh" "$dir/out.jsonl" 4 "$dir/in.jsonl" -- --checkpoint 0.1)
running_on() { squeue --noheader --array --jobs="$array" --states=R --nodelist="$1" --format=%K 2>/dev/null | head -n 1; }
has_output() { task=$(running_on n1) && [ -n "$task" ] && [ -s "$dir/out.jsonl.parts/$task.jsonl.partial" ]; }
until_true 60 has_output
echo "== node n1 is lost in shard $task, $(wc -l < "$dir/out.jsonl.parts/$task.jsonl.partial") records written"
steps=$(children n1)
kill -9 "$node1" $steps
wait "$node1" 2>/dev/null || true
! [ -e "$dir/out.jsonl.parts/$task.jsonl" ]
restarted() { [ "$(scontrol show job "${array}_$task" 2>/dev/null | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p')" = 1 ]; }
until_true 90 restarted
# Slurm lets a job that has lost its node wait for two minutes; this cluster has no other use for them.
scontrol update JobId="${array}_$task" StartTime=now
ended() { [ -z "$(squeue --noheader --jobs="$array,$merge" 2>/dev/null)" ]; }
until_true 180 ended
[ "$(scontrol show job "$merge" | sed -n 's/.*JobState=\([A-Z]*\).*/\1/p')" = COMPLETED ]
grep -q '"resumedRecords": [1-9]' "$dir/out.jsonl.parts/$task.jsonl.metrics"
cmp "$dir/single.jsonl" "$dir/out.jsonl"
cmp "$dir/single.errors" "$dir/out.jsonl.errors"

echo "== the same command again does nothing twice"
before=$(stat --format=%Y.%i "$dir"/out.jsonl.parts/?.jsonl)
read -r array merge < <("$root/docs/cluster/slurm-submit.sh" "$dir/out.jsonl" 4 "$dir/in.jsonl" -- --checkpoint 0.1)
until_true 90 ended
[ "$before" = "$(stat --format=%Y.%i "$dir"/out.jsonl.parts/?.jsonl)" ]
cmp "$dir/single.jsonl" "$dir/out.jsonl"
echo "the merged output of the shards is the single run's, $(wc -c < "$dir/out.jsonl") bytes"
