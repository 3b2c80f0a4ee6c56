# Plans five days of visits to the small site of make-log.sh: one request a line, fields separated by 0x1F:
#   seconds since the epoch, kind, source address, method, target, referrer, agent, further curl arguments
# The plan is what "visitors" will do; what the log says about it is up to nginx.
# mawk's generator with a fixed seed: the same plan on every run.

function pick(list, n) { return list[1 + int(rand() * n)] }

# Zipf-like: item i is picked in proportion to 1 / i.
function zipf(n,    i, sum, mark) {
    for (i = 1; i <= n; i++) sum += 1 / i
    mark = rand() * sum
    for (i = 1; i <= n; i++) { mark -= 1 / i; if (mark <= 0) return i }
    return n
}

function ask(at, kind, address, method, target, referrer, agent, more) {
    printf "%d\037%s\037%s\037%s\037%s\037%s\037%s\037%s\n", at, kind, address, method, target, referrer, agent, more
}

# A moment of some day: quiet at night, busy at noon and in the evening, fewer visits at the weekend.
function moment(    hour, day) {
    do {
        hour = int(rand() * 24)
        day = int(rand() * days)
    } while (rand() * 10 > weight[hour + 1] || ((day == 2 || day == 3) && rand() < 0.45))
    return start + day * 86400 + hour * 3600 + int(rand() * 3600)
}

function browse(visitor, seen,    at, kind, from, page, here, pages, i, cached) {
    at = moment()
    kind = style[visitor]
    from = zipf(referrers) ; from = referrer[from]
    page = (rand() < 0.45) ? 1 : zipf(siteSize)
    pages = 1 + int(-log(1 - rand()) * 1.9)
    cached = seen ? "-H\tIf-Modified-Since: Mon, 02 Mar 2026 06:00:00 GMT" : ""
    for (i = 1; i <= pages && i <= 14; i++) {
        here = site[page]
        ask(at, kind, address[visitor], "GET", here, from, agent[visitor], (rand() < 0.3) ? cached : "")
        if (i == 1) {
            ask(at, kind, address[visitor], "GET", "/assets/site.css", home here, agent[visitor], cached)
            ask(at + 1, kind, address[visitor], "GET", "/assets/site.js", home here, agent[visitor], cached)
            ask(at + 1, kind, address[visitor], "GET", "/assets/logo.svg", home here, agent[visitor], cached)
            if (!seen) ask(at + 1, kind, address[visitor], "GET", "/favicon.ico", home here, agent[visitor], "")
            if (!seen && agent[visitor] ~ /iPhone/)
                ask(at + 2, kind, address[visitor], "GET", "/apple-touch-icon.png", home here, agent[visitor], "")
        }
        if (here ~ /^\/pens\// && rand() < 0.7)
            ask(at + 1, kind, address[visitor], "GET", "/assets/pens.jpg", home here, agent[visitor], cached)
        from = home here
        at += 4 + int(-log(1 - rand()) * 45)
        if (rand() < 0.05) ask(at, kind, address[visitor], "GET", "/search?q=" pick(wish, wishes), from, agent[visitor], "")
        if (rand() < 0.03) ask(at, kind, address[visitor], "GET", pick(gone, gones), from, agent[visitor], "")
        if (rand() < 0.03) ask(at, kind, address[visitor], "GET", "/old-shop", from, agent[visitor], "-L")
        if (rand() < 0.02) ask(at, kind, address[visitor], "POST", "/api/contact", from, agent[visitor], "-d\tname=Ada&text=Do+you+ship+to+Malta%3F")
        if (rand() < 0.02) ask(at, kind, address[visitor], "GET", "/api/stock?item=" int(rand() * 400), from, agent[visitor], "")
        if (rand() < 0.04) ask(at, kind, address[visitor], "GET", "/files/catalogue.pdf", from, agent[visitor], (rand() < 0.5) ? "-r\t" int(rand() * 200000) "-" : "")
        page = zipf(siteSize)
    }
}

BEGIN {
    srand(20260305)
    days = 5
    home = "https://www.papershop.example"
    split("1 1 1 1 1 1 2 4 6 7 8 8 10 9 7 7 6 7 8 9 10 8 5 2", weight, " ")

    siteSize = split("/ /pens/ /shop/ /paper/ /pens/fountain.html /ink/ /blog/ /blog/how-paper-is-made.html " \
        "/pens/rollerball.html /paper/a5-dotted.html /ink/blue-black.html /contact.html /blog/left-handed-writers.html " \
        "/shop/basket.html /pens/nibs.html /paper/a4-laid.html /ink/iron-gall.html /delivery.html /blog/a-letter-a-week.html " \
        "/about.html /ink/emerald.html /paper/envelopes.html /shop/vouchers.html /blog/2025/advent.html /terms.html " \
        "/imprint.html", site, " ")
    gones = split("/about-us /pens/quill.html /blog/feed.xml /shop/sale.html /ink/octopus.html", gone, " ")
    wishes = split("left+handed+nib iron%20gall a5&page=2 %22dotted+paper%22 caf%C3%A9 ink", wish, " ")
    referrers = split("|https://www.google.com/|https://duckduckgo.com/|https://www.bing.com/|" \
        "https://news.ycombinator.com/item?id=39021177|https://forum.inkandnibs.example/t/left-handed/812|" \
        "https://old.reddit.com/r/fountainpens/comments/1b2c3d/|https://www.stationery-week.example/2026/programme?day=thu&hall=2|" \
        "https://letters.example/blog/\"a-letter-a-week\"|android-app://com.google.android.googlequicksearchbox/", referrer, "|")

    browsers = split("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36|" \
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1|" \
        "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.6943.121 Mobile Safari/537.36|" \
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:135.0) Gecko/20100101 Firefox/135.0|" \
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15|" \
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0|" \
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0|" \
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36 OPR/117.0.0.0|" \
        "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.4.0|" \
        "Mozilla/5.0 (compatible; \"Caf\303\251 Browser\" \\ 1.0)", browser, "|")

    # Some 430 people; two in five come back on another day or later the same day.
    people = 430
    for (v = 1; v <= people; v++) {
        address[v] = "127." (10 + int(rand() * 200)) "." int(rand() * 256) "." (1 + int(rand() * 254))
        agent[v] = browser[zipf(browsers)]
        style[v] = (rand() < 0.6) ? "h2" : "h1"
        browse(v, 0)
        while (rand() < 0.3) browse(v, 1)
    }

    # Crawlers: robots.txt first, then a walk over the site, twice in the five days.
    crawlers = split("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)|" \
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)|" \
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)|GPTBot/1.2 (+https://openai.com/gptbot)", crawler, "|")
    for (c = 1; c <= crawlers; c++) for (turn = 0; turn < 2; turn++) {
        at = moment()
        ask(at, "h1", "127.66.249." (60 + c), "GET", "/robots.txt", "", crawler[c], "")
        for (i = 1; i <= siteSize; i++) if (rand() < 0.8) {
            at += 2 + int(rand() * 30)
            ask(at, "h1", "127.66.249." (60 + c), "GET", site[i], "", crawler[c], "")
        }
    }

    # A probe from the same machine every half hour, over IPv6.
    for (at = start + 60; at < start + days * 86400; at += 1800)
        ask(at, "six", "", "HEAD", "/", "", "uptime-probe/1.4", "")

    # The shop's own people behind a password, and others who try one.
    for (i = 0; i < 25; i++) ask(moment(), "h1", "127.0.0.9", "GET", "/admin/orders.html", "", browser[4], "-u\tada:lovelace")
    for (i = 0; i < 12; i++) ask(moment(), "h1", "127.201.7." (1 + int(rand() * 4)), "GET", "/admin/", "", "python-requests/2.32.3", (rand() < 0.5) ? "-u\tadmin:admin" : "")
    for (i = 0; i < 8; i++) ask(moment(), "h1", "127.201.7." (1 + int(rand() * 4)), "GET", "/private/keys.txt", "", "python-requests/2.32.3", "")

    # Visitors nobody wants: searches for holes, odd methods, no agent, broken requests, TLS on a plain port.
    probes = split("/wp-login.php /.env /xmlrpc.php /phpmyadmin/index.php /.git/config /wp-login.php " \
        "/cgi-bin/luci/;stok=/locale?form=country /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", probe, " ")
    for (s = 0; s < 9; s++) {
        at = moment()
        for (i = 1; i <= probes; i++) ask(at++, "h1", "127.185.220." (100 + s), (rand() < 0.2) ? "POST" : "GET", probe[i], "", (s % 3) ? "Mozilla/5.0" : "", "")
    }
    for (i = 0; i < 6; i++) ask(moment(), "h0", "127.185.9." (1 + i), "GET", "/", "", "", "")
    for (i = 0; i < 5; i++) ask(moment(), "h1", "127.185.9." (1 + i), "DELETE", "/shop/basket.html", "", "curl/7.88.1", "")
    for (i = 0; i < 4; i++) ask(moment(), "h1", "127.185.9." (1 + i), "OPTIONS", "/", "", "curl/7.88.1", "")
    for (i = 0; i < 3; i++) ask(moment(), "long", "127.185.9.77", "GET", "/", "", "Mozilla/5.0", "")
    for (i = 0; i < 7; i++) ask(moment(), "tls", "", "", "", "", "", "")
    for (i = 0; i < 4; i++) ask(moment(), "raw", "", "", "", "", "", "")
    for (i = 0; i < 3; i++) ask(moment(), "old", "", "", "", "", "", "")
    for (i = 0; i < 3; i++) ask(moment(), "proxy", "127.185.9.78", "GET", "http://www.example.com/", "", "Go-http-client/1.1", "")
}
