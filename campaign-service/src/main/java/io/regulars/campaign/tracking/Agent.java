package io.regulars.campaign.tracking;

import java.util.List;
import java.util.Locale;

/// Who fetches, by the request alone.
enum Agent {
    PERSON,
    /// Fetches pictures for somebody, or ahead of anybody: Apple's Mail Privacy Protection, Gmail's and
    /// Yahoo's proxies.
    PROXY,
    /// A scanner of links, a preview, a program.
    BOT;

    private static final List<String> PROXIES = List.of("googleimageproxy", "ggpht.com", "yahoomailproxy");
    private static final List<String> BOTS = List.of(
            "bot",
            "crawl",
            "spider",
            "slurp",
            "scan",
            "preview",
            "headless",
            "phantom",
            "facebookexternalhit",
            "existence discovery",
            "safelinks",
            "urldefense",
            "barracuda",
            "proofpoint",
            "mimecast",
            "symantec",
            "trendmicro",
            "curl/",
            "wget/",
            "python",
            "go-http-client",
            "java/",
            "java-http-client",
            "apache-httpclient",
            "okhttp",
            "libwww",
            "node-fetch",
            "axios");

    /// @param userAgent or null
    /// @param purpose of `Sec-Purpose` or `Purpose`, or null
    static Agent of(boolean head, String userAgent, String purpose) {
        String agent = userAgent == null ? "" : userAgent.strip().toLowerCase(Locale.ROOT);
        if (PROXIES.stream().anyMatch(agent::contains) || "mozilla/5.0".equals(agent)) {
            return PROXY;
        }
        boolean ahead = purpose != null && purpose.toLowerCase(Locale.ROOT).contains("prefetch");
        return head || ahead || agent.isEmpty() || BOTS.stream().anyMatch(agent::contains) ? BOT : PERSON;
    }

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
