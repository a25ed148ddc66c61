# Says what is wrong with a tar file and ends with 1, or ends with 0. The first file has the names of
# its entries, the second what `tar --numeric-owner -tv` tells of them, in the same order.

function refuse(sentence) {
  print sentence
  bad = 1
  exit 1
}

# Whether a path leads out, seen from a folder so many levels deep.
function leads_out(path, depth,    parts, count, i) {
  if (path ~ /^\//) {
    return 1
  }
  count = split(path, parts, "/")
  for (i = 1; i <= count; i++) {
    if (parts[i] == "..") {
      depth--
    } else if (parts[i] != "" && parts[i] != ".") {
      depth++
    }
    if (depth < 0) {
      return 1
    }
  }
  return 0
}

function bare(path) {
  gsub(/\/+/, "/", path)
  while (path ~ /^\.\//) {
    path = substr(path, 3)
  }
  sub(/\/$/, "", path)
  return path
}

FILENAME == ARGV[1] {
  if ($0 ~ /^\// || $0 ~ /(^|\/)\.\.(\/|$)/) {
    refuse("it has an entry that leads out of it")
  }
  if (NR > files) {
    refuse("it has more than " files " entries")
  }
  names[NR] = $0
  count = NR
  next
}

{
  kind = substr($0, 1, 1)
  name = names[FNR]
  sum += $3
  if (sum > bytes) {
    refuse("its files have more than " bytes " bytes")
  }
  if (kind == "l" || kind == "h") {
    sign = kind == "l" ? " -> " : " link to "
    # Mode, owner, size, date, time; then the name, which is known.
    rest = $0
    for (i = 1; i <= 5; i++) {
      sub(/^[^ ]+ +/, "", rest)
    }
    if (substr(rest, 1, length(name) + length(sign)) != name sign) {
      refuse("it has a link that cannot be read")
    }
    target = substr(rest, length(name) + length(sign) + 1)
    depth = kind == "l" ? split(bare(name), unused, "/") - 1 : 0
    if (leads_out(target, depth)) {
      refuse("it has a link that leads out of it")
    }
    if (kind == "l") {
      links[bare(name)] = 1
    }
  } else if (kind != "-" && kind != "d") {
    refuse("it has an entry that is neither a file nor a folder nor a link")
  }
}

END {
  if (bad) {
    exit 1
  }
  if (FNR != count) {
    refuse("its entries cannot be told apart")
  }
  # Nothing may be written, and no link lead, through a link.
  for (i = 1; i <= count; i++) {
    path = bare(names[i])
    while (match(path, /\/[^\/]*$/)) {
      path = substr(path, 1, RSTART - 1)
      if (path in links) {
        print "it has an entry behind a link"
        exit 1
      }
    }
  }
}
