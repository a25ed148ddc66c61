# Sourced by the agent: how it runs other programs. Each has a session of its own, so that all that
# it starts ends with it, and the agent waits for it in a way that lets a signal through at once.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # shared with the agent

readonly grace=5 log_limit=1048576 beat=30

child=''    # the program that runs, which leads a process group
stopped=''  # set once we were told to stop
ended_by='' # why the last program that was attended to ended, where it was not by itself
phase=''

# What SIGTERM does. Whoever waits for the child goes on when it is gone.
stop() {
  stopped=1
  [ -z "$child" ] || end_group "$child" >/dev/null 2>&1 &
}

end_child() {
  [ -z "$child" ] || kill -KILL "-$child" 2>/dev/null
}

end_group() { # its leader
  # The leader alone, where its group is not there yet.
  kill -TERM "-$1" 2>/dev/null || kill -TERM "$1" 2>/dev/null || return 0
  seconds=0
  while [ "$seconds" -lt "$grace" ] && kill -0 "-$1" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
  done
  kill -KILL "-$1" 2>/dev/null
}

# Waits for the child, also when signals come in between; its exit code.
await() {
  wait "$child"
  result=$?
  while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    result=$?
  done
  child=''
  return "$result"
}

# A signal may have come before there was a child to end.
began() { # whether we were told to stop before, leader
  child=$2
  [ "$stopped" = "$1" ] || end_group "$child" >/dev/null 2>&1 &
}

doze() { # seconds
  [ -z "$stopped" ] || return 0
  setsid sleep "$1" &
  began '' $!
  await || :
}

# Runs a command that knows nothing of the server until it ends, its time is over, or the server or
# a signal ends it. Its exit code; ended_by tells of the other ends.
attend() { # phase, seconds, command...
  phase=$1
  ended_by=stopped
  [ -z "$stopped" ] || return 143
  limit=$2
  shift 2
  rm -f "$notes/ended-by" "$notes/pipe"
  mkfifo "$notes/pipe"
  drain <"$notes/pipe" &
  drain=$!
  (apart "$@") >"$notes/pipe" 2>&1 &
  leader=$!
  keep_time "$limit" "$leader" &
  clock=$!
  began '' "$leader"
  await
  result=$?
  kill "$clock" 2>/dev/null
  wait "$clock" 2>/dev/null
  # What it has left behind.
  kill -KILL "-$leader" 2>/dev/null
  finish_drain
  ended_by=''
  [ ! -s "$notes/ended-by" ] || read -r ended_by <"$notes/ended-by"
  [ -z "$stopped" ] || ended_by=stopped
  return "$result"
}

apart() { # command...
  unset SCAN_API_URL ECS_CONTAINER_METADATA_URI ECS_CONTAINER_METADATA_URI_V4 ECS_AGENT_URI
  unset AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI
  if [ -n "$given_locale" ]; then LC_ALL=$given_locale; else unset LC_ALL; fi
  HOME=$work/home
  TMPDIR=$work/tmp
  export HOME TMPDIR
  exec setsid "$@"
}

# Hands on what the command prints, as far as its limit, and keeps it for last_words. Where there is
# no stdbuf, it comes in larger pieces and later.
drain() {
  unbuffered=''
  ! command -v stdbuf >/dev/null || unbuffered='stdbuf -o0'
  # shellcheck disable=SC2016 # for the shell that it starts
  exec setsid sh -c '
    $3 head -c "$1" | tee "$2"
    [ "$(head -c 1 | wc -c)" -eq 0 ] || echo "(the rest of its output is left out)" | tee -a "$2"
    exec cat >/dev/null' drain "$log_limit" "$notes/output" "$unbuffered"
}

# A process that got away may hold the pipe open for ever.
finish_drain() {
  (
    sleep 2
    kill -KILL "-$drain"
  ) >/dev/null 2>&1 &
  impatient=$!
  wait "$drain" 2>/dev/null
  kill "$impatient" 2>/dev/null
  wait "$impatient" 2>/dev/null
}

last_words() {
  words=$(tail -c 2000 "$notes/output" 2>/dev/null | grep -v '^[[:space:]]*$' | tail -n 1)
  plain "${words:-it said nothing}"
}

# Beside the command: sees that it ends in time, and tells the server that it goes on.
keep_time() { # seconds, leader
  child=''
  trap 'end_child; exit' TERM
  exec >/dev/null 2>&1
  over=$(($(now) + $1)) next=0
  # Its end is seen here as well: a shell can lose a signal that comes while it begins.
  while kill -0 "$2" 2>/dev/null; do
    time=$(now)
    if [ "$time" -ge "$over" ]; then
      end_by deadline "$2"
    fi
    if [ -n "$joined" ] && [ "$time" -ge "$next" ]; then
      next=$((time + beat))
      tell_progress "$phase" || end_by cancelled "$2"
    fi
    doze 1
  done
}

end_by() { # reason, leader
  printf '%s\n' "$1" >"$notes/ended-by"
  end_group "$2"
  exit
}
