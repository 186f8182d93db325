import { folderOf, type Listing, plainName } from './listed-file.ts';

/**
 * A script for bash 3.2 (macOS) and later with curl: fetches every file into a folder, goes on where it was stopped, and
 * checks each SHA-256. Exit code 0: all is there and right; 1: something is missing; 2: it cannot run here; 3: the links
 * no longer work.
 */
export function bashScript(listing: Listing): string {
  const lines = listing.files.map((file) => {
    const { fileName, sizeBytes, sha256, link } = file;
    return `fetch ${[plainName(fileName), String(sizeBytes), sha256, link].map(quoted).join(' ')}`;
  });
  const bytes = listing.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `${HEAD}
folder=\${1:-${folderOf(listing)}}
count=${listing.files.length}
total=${bytes}
${BODY}
${lines.join('\n')}

${END}`;
}

/** Nothing has a meaning for the shell between single quotes but the quote itself. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const HEAD = `#!/usr/bin/env bash
# Fetches every file of your data export and checks it. If it is stopped, start it again: it goes on where it was.
# Use: bash download.sh [FOLDER]
# It holds your personal links, so please do not pass it on.
set -u
export LC_ALL=C`;

const BODY = String.raw`
if ! command -v curl >/dev/null; then
  echo 'curl is not installed; install it, or download the files on the page.' >&2
  exit 2
fi
if command -v sha256sum >/dev/null; then
  sum_of() { sha256sum <"$1" | cut -d' ' -f1; }
elif command -v shasum >/dev/null; then
  sum_of() { shasum -a 256 <"$1" | cut -d' ' -f1; }
else
  echo 'Neither sha256sum nor shasum is installed, so the files could not be checked; install one of them.' >&2
  exit 2
fi
if ! mkdir -p -- "$folder"; then
  echo "The folder $folder cannot be made; name another one: bash download.sh FOLDER" >&2
  exit 2
fi
case $folder in /*) ;; *) folder=./$folder ;; esac
checked=$folder/.checked
touch "$checked" || exit 2
bar=--silent
[ -t 2 ] && bar=--progress-bar
nth=0
right=0
wrong=''
fruitless_most=${'$'}{WAYBILL_TRIES:-20}
pause_most=${'$'}{WAYBILL_PAUSE:-60}

size_of() { if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo 0; fi; }
say_size() { awk -v n="$1" 'BEGIN { split("bytes kB MB GB TB", u, " "); i = 1; while (n >= 1000 && i < 5) { n /= 1000; i++ } printf(i == 1 ? "%d %s" : "%.1f %s", n, u[i]) }'; }

# Brings the rest of one file; goes on until it is there, or no byte has come for many tries.
bring() {
  local target=$1 size=$2 url=$3 fruitless=0 have now code pause
  while :; do
    have=$(size_of "$target")
    if [ "$have" -gt "$size" ]; then rm -f "$target"; have=0; fi
    if [ "$have" -eq "$size" ]; then [ -f "$target" ] || : >"$target"; return 0; fi
    code=$(curl -q --fail --location "$bar" --show-error --connect-timeout 30 --speed-limit 1 --speed-time 60 \
      --continue-at "$have" --output "$target" --write-out '%{http_code}' --url "$url")
    now=$(size_of "$target")
    case $code in
      404|410)
        echo 'The links no longer work. Ask in the support chat for more time, then start this again.' >&2
        exit 3 ;;
      416) rm -f "$target" ;;
      200) if [ "$have" -gt 0 ] && [ "$now" -le "$have" ]; then rm -f "$target"; fi ;;
    esac
    if [ "$now" -gt "$have" ]; then fruitless=0; continue; fi
    fruitless=$((fruitless + 1))
    if [ "$fruitless" -ge "$fruitless_most" ]; then return 1; fi
    pause=$((1 << (fruitless < 6 ? fruitless : 6)))
    if [ "$pause" -gt "$pause_most" ]; then pause=$pause_most; fi
    echo "  nothing came (answer $code); next try in $pause s" >&2
    sleep "$pause"
  done
}

fetch() {
  local name=$1 size=$2 sum=$3 url=$4 target again
  target=$folder/$name
  nth=$((nth + 1))
  if [ "$(size_of "$target")" -eq "$size" ] && grep -qxF -- "$sum  $name" "$checked"; then
    right=$((right + 1))
    return
  fi
  echo "File $nth of $count: $name ($(say_size "$size"))"
  for again in 1 2; do
    if ! bring "$target" "$size" "$url"; then
      echo "  $name could not be fetched in full; what has come stays." >&2
      wrong="$wrong
  $name"
      return
    fi
    if [ "$(sum_of "$target")" = "$sum" ]; then
      echo "$sum  $name" >>"$checked"
      right=$((right + 1))
      return
    fi
    echo "  $name arrived damaged." >&2
    rm -f "$target"
  done
  wrong="$wrong
  $name (damaged twice: tell us in the support chat, we build it again)"
}

echo "$count files, $(say_size "$total"), into $folder"
room=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -n "$room" ] && [ "$room" -lt $((total / 1024)) ]; then
  echo "Careful: $folder has room for $(say_size $((room * 1024))) only." >&2
fi
`;

const END = `if [ "$right" -eq "$count" ]; then
  echo "All $count files are in $folder, and the SHA-256 of each is right."
  exit 0
fi
echo "$((count - right)) of $count files are missing:$wrong" >&2
echo 'Start this again to go on.' >&2
exit 1
`;
