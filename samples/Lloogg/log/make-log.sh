#!/usr/bin/env bash
# Makes access.log.gz, the log that the sample runs on when it is given none:
# a real nginx on loopback serves a small site to real curls, and this is what nginx wrote.
#
# Only the clock is not real. nginx runs under libfaketime, whose clock this script moves to each request's planned
# moment, so that five days of visits take a minute or two. Everything else in a line (address, request, status,
# bytes, the escaping of what clients sent) is what nginx saw and chose to write. Source addresses are of 127.0.0.0/8,
# all of which are this machine.
#
# Needs (Debian): apt-get install nginx-light libfaketime curl mawk openssl
# Use: ./make-log.sh [output, default access.log.gz beside this script]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
output=$(realpath -m "${1:-$here/access.log.gz}")
plain=8098 multiplexed=8099
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export TZ=CET-1
start=$(date -d '2026-03-05 00:00:00' +%s)

# The site: 26 pages of different lengths, some assets, a file worth ranges, a protected and a forbidden part.
page() {
    mkdir -p "$work/site$(dirname "$1")"
    { printf '<!doctype html><title>%s</title><link rel=stylesheet href=/assets/site.css><h1>%s</h1>\n' "$2" "$2"
      for ((i = 0; i < $3; i++)); do printf '<p>%s: paragraph %d of %d.</p>\n' "$2" "$i" "$3"; done; } > "$work/site$1"
}
length=7
for path in /index.html /pens/index.html /shop/index.html /paper/index.html /ink/index.html /blog/index.html \
    /pens/fountain.html /pens/rollerball.html /pens/nibs.html /paper/a5-dotted.html /paper/a4-laid.html \
    /paper/envelopes.html /ink/blue-black.html /ink/iron-gall.html /ink/emerald.html /shop/basket.html \
    /shop/vouchers.html /blog/how-paper-is-made.html /blog/left-handed-writers.html /blog/a-letter-a-week.html \
    /blog/2025/advent.html /contact.html /delivery.html /about.html /terms.html /imprint.html \
    /admin/index.html /admin/orders.html /private/keys.txt; do
    length=$(((length * 37 + 11) % 181))
    page "$path" "$(basename "$path" .html)" $((length + 5))
done
mkdir -p "$work/site/assets" "$work/site/files"
head -c 5210 /dev/zero | tr '\0' 'a' > "$work/site/assets/site.css"
head -c 18400 /dev/zero | tr '\0' 'b' > "$work/site/assets/site.js"
head -c 2140 /dev/zero | tr '\0' 'c' > "$work/site/assets/logo.svg"
head -c 84300 /dev/zero > "$work/site/assets/pens.jpg"
head -c 1150 /dev/zero > "$work/site/favicon.ico"
head -c 312000 /dev/zero > "$work/site/files/catalogue.pdf"
printf 'User-agent: *\nDisallow: /admin/\n' > "$work/site/robots.txt"
find "$work/site" -type f -exec touch -d '2026-03-02 06:00:00Z' {} +
printf 'ada:%s\n' "$(openssl passwd -apr1 lovelace)" > "$work/users"

cat > "$work/nginx.conf" <<CONF
daemon off;
master_process off;
env FAKETIME_TIMESTAMP_FILE;
env FAKETIME_NO_CACHE;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 256; }
http {
    include /etc/nginx/mime.types;
    access_log $work/access.log combined;
    client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3;
    uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
    server {
        listen 127.0.0.1:$plain;
        listen [::1]:$plain;
        listen 127.0.0.1:$multiplexed http2;
        root $work/site;
        location = /old-shop { return 301 /shop/; }
        location = /api/contact { return 204; }
        location = /api/stock { return 500; }
        location = /search { proxy_pass http://127.0.0.1:9; }
        location /admin/ { auth_basic "Papershop"; auth_basic_user_file $work/users; }
        location /private/ { deny all; }
    }
}
CONF

clock() { printf '%(%Y-%m-%d %H:%M:%S)T\n' "$1" > "$work/clock"; }
clock "$start"
FAKETIME_TIMESTAMP_FILE="$work/clock" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
    LD_PRELOAD=$(find /usr/lib /usr/local/lib -name libfaketime.so.1 | head -n 1) \
    nginx -p "$work" -c "$work/nginx.conf" &
server=$!
until curl -s -o /dev/null "http://127.0.0.1:$plain/robots.txt"; do kill -0 "$server"; sleep 0.1; done
: > "$work/access.log"

raw() { exec 3<> "/dev/tcp/127.0.0.1/$plain"; printf "$1" >&3; timeout 1 cat <&3 > "$work/answer" || true; exec 3>&-; }

awk -v start="$start" -f "$here/visits.awk" < /dev/null | sort -s -n -t $'\x1f' -k 1,1 > "$work/plan"
count=0
while IFS=$'\x1f' read -r at kind address method target referrer agent more; do
    clock "$at"
    arguments=(-s -o /dev/null --max-time 10 -A "$agent" -X "$method")
    [ -z "$address" ] || arguments+=(--interface "$address")
    [ -z "$referrer" ] || arguments+=(-e "$referrer")
    if [ -n "$more" ]; then IFS=$'\t' read -r -a further <<< "$more"; arguments+=("${further[@]}"); fi
    [ "$method" != HEAD ] || arguments+=(-I)
    case $kind in
        h1) curl "${arguments[@]}" "http://127.0.0.1:$plain$target" || true ;;
        h2) curl "${arguments[@]}" --http2-prior-knowledge "http://127.0.0.1:$multiplexed$target" || true ;;
        h0) curl "${arguments[@]}" -0 "http://127.0.0.1:$plain$target" || true ;;
        six) curl "${arguments[@]}" "http://[::1]:$plain$target" || true ;;
        long) curl "${arguments[@]}" "http://127.0.0.1:$plain/$(head -c 9000 /dev/zero | tr '\0' 'x')" || true ;;
        proxy) curl "${arguments[@]}" --request-target "$target" "http://127.0.0.1:$plain/" || true ;;
        tls) openssl s_client -connect "127.0.0.1:$plain" < /dev/null > /dev/null 2>&1 || true ;;
        raw) raw '\x03\x00\x00/*\xe0\x00\x00\x00\x00\x00Cookie: mstshash=Administr\r\n\r\n' ;;
        old) raw 'GET /\r\n' ;;
    esac
    count=$((count + 1))
    [ $((count % 500)) -ne 0 ] || echo "$count requests" >&2
done < "$work/plan"

kill -QUIT "$server"; wait "$server" || true; server=
gzip -9 -n < "$work/access.log" > "$output"
echo "$(wc -l < "$work/access.log") lines, $(wc -c < "$output") bytes in $output" >&2
