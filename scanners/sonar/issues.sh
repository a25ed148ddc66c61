# Sourced by scan: reads the open issues of a project.
#
# The server shows no more than the first 10,000 of any list. One list from both of its ends makes
# 20,000; where there are more, they are asked for by severity and then by kind, the worst first. No
# report has more than 25,000. What is left untold shows: the report names the true number.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # shared with scan

readonly page=500 window=10000 most_issues=25000

readonly shape='.issues[] | {key, rule, severity, type, status, resolution, issueStatus, component,
  project, line, textRange, hash, message, effort, tags,
  impacts: [.impacts[]? | {softwareQuality, severity}],
  flows: [.flows[]? | {type, description,
    locations: [.locations[]? | {component, textRange, msg}]} | with_entries(select(.value != null))]}
  | with_entries(select(.value != null))'

# Issues change when the project is analysed again: what was read meanwhile is a mixture.
read_issues() {
  rounds=0
  while :; do
    find_date
    before=$date
    read_all
    find_date
    [ "$date" != "$before" ] || return 0
    rounds=$((rounds + 1))
    echo 'the project was analysed again meanwhile'
    if [ "$rounds" -ge 3 ]; then
      echo '{"msg":"the project was analysed again while its issues were read"}' >>"$box/errors"
      return 0
    fi
  done
}

# When the analysis was made that the project shows, in date.
find_date() {
  ask api/project_branches/list "project=$key"
  date=$(in_answer -r '[.branches[] | select(.isMain) | .analysisDate] | join(" ")')
}

read_all() {
  : >"$box/issues"
  : >"$box/rules"
  count
  total=$counted
  if [ "$total" -le $((2 * window)) ]; then
    read_list
  else
    for severity in BLOCKER CRITICAL MAJOR MINOR INFO; do
      read_severity "severities=$severity"
    done
  fi
  # Each line begins with its key.
  awk -F '"' '!seen[$4]++' "$box/issues" | head -n "$most_issues" >"$box/told"
  rm -f "$box/issues"
}

read_severity() { # name=value
  count "$1"
  if [ "$counted" -le $((2 * window)) ]; then
    read_list "$1"
    return
  fi
  for type in VULNERABILITY BUG CODE_SMELL; do
    count "$1" "types=$type"
    read_list "$1" "types=$type"
  done
}

# Reads what was counted, as far as that can be had.
read_list() { # name=value...
  number=$counted
  read_pages "$number" asc=true "$@"
  [ "$number" -le "$window" ] || read_pages $((number - window)) asc=false "$@"
}

read_pages() { # number, name=value...
  left=$1 next=1
  shift
  [ "$left" -le "$window" ] || left=$window
  while [ "$left" -gt 0 ] && [ "$(wc -l <"$box/issues")" -lt $((2 * most_issues)) ]; do
    search "$@" "ps=$page" "p=$next" s=FILE_LINE additionalFields=rules
    in_answer -c "$shape" >>"$box/issues"
    in_answer -c '.rules[]? | {key, name}' >>"$box/rules"
    next=$((next + 1)) left=$((left - page))
  done
}

# How many there are, in counted.
count() { # name=value...
  search "$@" ps=1
  counted=$(in_answer -r '.paging.total // .total | tonumber')
}

search() { # name=value...
  ask api/issues/search "projects=$key" resolved=false "$@"
}
