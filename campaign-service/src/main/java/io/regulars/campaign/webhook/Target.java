package io.regulars.campaign.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/// Where a webhook lies.
///
/// @param host a name, or an address without the brackets of IPv6
/// @param path with its query, as written
record Target(boolean tls, String host, int port, String path) {

    private static final int MOST_PORTS = 65_535;

    private static final int LONGEST = 2_000;

    /// @throws RefusedException with what is wrong with it
    static Target parse(String url, Addresses addresses) throws RefusedException {
        if (url.length() > LONGEST) {
            throw new RefusedException("must be at most " + LONGEST + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new RefusedException("is no URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && addresses.allowLoopback())) {
            throw new RefusedException("must begin with https://");
        }
        if (uri.getHost() == null) {
            throw new RefusedException("must name a host; a name of other than Latin letters goes as xn--…");
        }
        if (uri.getHost().endsWith(".") || uri.getPort() == 0 || uri.getPort() > MOST_PORTS) {
            throw new RefusedException("must name a host without a dot at its end, and a port up to " + MOST_PORTS);
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new RefusedException("must hold no user, password or fragment");
        }
        if (!url.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new RefusedException("must be written in ASCII; other characters go as %…");
        }
        return of(uri, scheme.equals("https"));
    }

    private static Target of(URI uri, boolean tls) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        return new Target(tls, host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /// Refuses at once what names a private address. A name is looked up when it is called: it can change.
    void check(Addresses addresses) throws RefusedException {
        if (host.matches("[0-9.]+|.*:.*|localhost|.*\\.localhost")) {
            try {
                addresses.resolve(host);
            } catch (UnknownHostException e) {
                throw new RefusedException("names no address: " + host);
            }
        }
    }

    /// Without TLS only this machine is called.
    boolean mayBeCalled(InetAddress address) {
        return tls || address.isLoopbackAddress();
    }

    /// For the header `Host`.
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
