# Sourced by the agent and by what it fetches with: what it says, reads and writes.
# shellcheck shell=sh
# shellcheck disable=SC2034 # shared with those that source it

given_locale=${LC_ALL-}
LC_ALL=C
export LC_ALL

say() { # sentence
  printf '%s\n' "${tool:-agent}: $(plain "$1")"
}

matches() { # text, extended regular expression for all of it
  case $1 in
    *[![:print:]]*) return 1 ;;
  esac
  printf '%s\n' "$1" | grep -Eqx -e "$2"
}

# One line of bounded length and of characters that do no harm anywhere.
plain() { # text
  printf '%s' "$1" | tr '\n\t' '  ' | tr -cd '\040-\176' | cut -c 1-700
}

# The same, for between the quotes of a JSON string.
json() { # text
  plain "$1" | sed 's/[\\"]/\\&/g'
}

# A path as it stands in a URI.
uri_path() { # path, ascii where all other bytes are to stay as they are
  printf '%s' "$1" | od -An -v -tu1 | awk -v ascii="$2" '{
    for (i = 1; i <= NF; i++) {
      plain = ascii && $i > 127 || index("-._~/!$&()*+,;=:@", sprintf("%c", $i)) ||
        $i >= 48 && $i <= 57 || $i >= 65 && $i <= 90 || $i >= 97 && $i <= 122
      printf(plain ? "%c" : "%%%02X", $i)
    }
  }'
}

now() {
  date +%s
}

# A time such as 2026-11-23T10:00:00Z in seconds since 1970: date reads them in no portable way.
epoch() { # time
  matches "$1" '[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]([.][0-9]+)?Z' ||
    return 1
  printf '%s\n' "$1" | awk -F '[-T:.Z]' '{
    year = $1 - ($2 <= 2)
    era = int(year / 400)
    years = year - era * 400
    days = int((153 * ($2 + ($2 > 2 ? -3 : 9)) + 2) / 5) + $3 - 1
    days += years * 365 + int(years / 4) - int(years / 100) + era * 146097 - 719468
    printf "%.0f\n", days * 86400 + $4 * 3600 + $5 * 60 + $6
  }'
}
