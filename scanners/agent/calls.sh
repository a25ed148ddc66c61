# Sourced by the agent: the four calls of a run.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # shared with the agent

readonly patience=300 last_chance=7

status='' # what the last call was answered with; 000 where nothing came

check_address() {
  matches "$api" 'https?://[][A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*)?' ||
    fail 2 'SCAN_API_URL is no address'
  matches "${SCAN_RUN_ID-}" '[A-Za-z0-9_-]{1,64}[.][a-z][a-z0-9-]{0,31}' ||
    fail 2 'SCAN_RUN_ID is no run'
  matches "$token" '[A-Za-z0-9._~+/=-]+' || fail 2 'SCAN_TOKEN is no token'
}

# One try. The token goes to curl through its standard input: arguments can be read by others.
ask() { # seconds, method, call, type, file, further headers...
  most=$1 method=$2 call=$3 type=$4 file=$5 before=$stopped
  shift 5
  # A task that is to stop has some seconds left for each call.
  if [ -n "$before" ] && [ "$most" -gt "$last_chance" ]; then
    most=$last_chance
  fi
  rm -f "$notes/$call.answer" "$notes/$call.status"
  printf 'url = "%s/v1/runs/%s/%s"\nheader = "Authorization: Bearer %s"\n' \
    "$api" "$SCAN_RUN_ID" "$call" "$token" |
    setsid curl -q --config - --silent --show-error --proto '=http,https' \
      --request "$method" --upload-file "$file" --header "Content-Type: $type" --header Expect: "$@" \
      --connect-timeout 10 --max-time "$most" --max-filesize 65536 \
      --output "$notes/$call.answer" --write-out '%{http_code}\n' \
      >"$notes/$call.status" 2>"$notes/$call.trouble" &
  began "$before" $!
  await || :
  status=000
  [ ! -s "$notes/$call.status" ] || read -r status <"$notes/$call.status"
}

# Asks again for as long as the answer is none, or "not now".
insist() { # seconds of patience, seconds, method, call, type, file, further headers...
  give_up=$(($(now) + $1)) pause=1
  shift
  while :; do
    ask "$@"
    case $status in
      000 | 408 | 429 | 5??) ;;
      *) return ;;
    esac
    # At most twice as long, so that the many that wait do not all come back at once.
    wait_for=$((pause + $(od -An -N1 -tu1 /dev/urandom) % (pause + 1)))
    if [ -n "$stopped" ] || [ $(($(now) + wait_for)) -gt "$give_up" ]; then
      return
    fi
    say "no answer to $3 ($status $(head -c 200 "$notes/$3.trouble")); again in $wait_for s"
    doze "$wait_for"
    [ -z "$stopped" ] || return
    [ "$pause" -ge 30 ] || pause=$((pause * 2))
  done
}

# This task's name: the same however often it asks.
own_task() {
  arn=''
  if [ -n "${ECS_CONTAINER_METADATA_URI_V4-}" ]; then
    arn=$(curl -q --silent --max-time 5 --retry 3 --retry-connrefused --max-filesize 1048576 \
      --proto '=http' "$ECS_CONTAINER_METADATA_URI_V4/task" |
      sed -n 's/.*"TaskARN" *: *"\([A-Za-z0-9:/_-]*\)".*/\1/p')
  fi
  [ -n "$arn" ] || arn=task-$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s' "$arn"
}

# Asks for the run; ends the program unless this task has it.
join() {
  printf '{"task":"%s","attempt":%d}' "$(json "$(own_task)")" "$attempt" >"$notes/start"
  insist "$patience" 20 POST start application/json "$notes/start"
  [ -z "$stopped" ] || leave 143
  case $status in
    200) joined=1 ;;
    409)
      say 'another task has this run'
      leave 0
      ;;
    401 | 403) leave_unknown start ;;
    000 | 408 | 429 | 5??)
      say "the server cannot be reached ($status)"
      leave 5
      ;;
    *)
      say "the server refused the start ($status)"
      leave 2
      ;;
  esac
  deadline=$(sed -n 's/.*"deadline" *: *"\([0-9TZ:.-]*\)".*/\1/p' "$notes/start.answer")
  [ -z "$deadline" ] || set_deadline "$deadline"
  # Servers of before say nothing of it.
  if grep -q '"tenant"' "$notes/start.answer"; then
    tenant=$(sed -n 's/.*"tenant" *: *"\([^"]*\)".*/\1/p' "$notes/start.answer")
  fi
}

leave_unknown() { # call
  say "the server does not accept this task's token for $1 ($status)"
  leave 4
}

# False if the run is to be given up.
tell_progress() { # phase
  printf '{"phase":"%s"}' "$1" >"$notes/progress"
  ask 10 POST progress application/json "$notes/progress"
  case $status in
    409) return 1 ;;
    200) ! grep -Eq '"cancel" *: *true' "$notes/progress.answer" ;;
    *) return 0 ;;
  esac
}

# Leaves the answer in status, which is too-large where the packed file is.
send_report() { # file, type
  packed=$notes/packed
  status=too-large
  gzip -c -n "$1" 2>/dev/null | head -c $((packed_limit + 1)) >"$packed"
  [ -z "$(find "$packed" -size +"$packed_limit"c)" ] || return 0
  insist "$patience" 600 PUT report "$2" "$packed" --header 'Content-Encoding: gzip'
  case $status in
    4??) say "the server answered $status: $(head -c 600 "$notes/report.answer" 2>/dev/null)" ;;
  esac
}

tell_end() { # exit code, sentence or nothing
  printf '{"exitCode":%d,"tool":"%s"%s%s}' "$1" "$(json "$tool")" \
    "${version:+,\"toolVersion\":\"$(json "$version")\"}" \
    "${2:+,\"error\":\"$(json "$2")\"}" >"$notes/complete"
  insist "$patience" 20 POST complete application/json "$notes/complete"
  case $status in
    2??) ;;
    *) say "the server did not take note of the end ($status)" ;;
  esac
}
