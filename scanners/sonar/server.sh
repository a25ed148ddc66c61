# Sourced by scan: how it asks the server. The token goes to curl through its standard input:
# arguments can be read by others.
# shellcheck shell=sh
# shellcheck disable=SC2154 # shared with scan

readonly most_tries=6

# Asks until there is an answer, which is then in the file of that name, or ends the scan.
ask() { # path, name=value...
  path=$1
  shift
  tries=0
  while :; do
    ask_once "$@"
    case $status in
      200) return ;;
      401 | 403) fail 5 "SonarQube refuses the token for $path ($status)" ;;
      000 | 408 | 429 | 5??) ;;
      *) fail 5 "SonarQube answered $status to $path: $(said)" ;;
    esac
    tries=$((tries + 1))
    [ "$tries" -lt "$most_tries" ] ||
      fail 5 "SonarQube gives no answer to $path ($status): $(head -c 200 "$box/trouble" | tr '\n' ' ')"
    sleep "$((tries * tries))"
  done
}

ask_once() { # name=value...
  count=$#
  while [ "$count" -gt 0 ]; do
    set -- "$@" --data-urlencode "$1"
    shift
    count=$((count - 1))
  done
  : >"$answer"
  status=$(printf 'user = "%s:"\n' "$SONAR_TOKEN" |
    curl -q --config - --silent --show-error --globoff --proto '=http,https' --get "$@" \
      --connect-timeout 10 --max-time 120 --max-filesize 104857600 \
      --output "$answer" --write-out '%{http_code}' "$url/$path" 2>"$box/trouble") || status=000
}

# What a program of jq makes of the answer.
in_answer() { # argument of jq...
  jq "$@" "$answer" || fail 5 "what SonarQube answered to $path is not what it should be"
}

said() {
  jq -r '[.errors[]?.msg] | join(" ")' "$answer" 2>/dev/null | tr '\n' ' ' | cut -c 1-300
}
