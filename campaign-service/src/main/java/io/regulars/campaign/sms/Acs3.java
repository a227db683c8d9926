package io.regulars.campaign.sms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Aliyun's request signature, version 3 (`ACS3-HMAC-SHA256`): over method, path, query, the headers that are
/// signed and the hash of the body.
/// <https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature>
final class Acs3 {

    private static final String ALGORITHM = "ACS3-HMAC-SHA256";

    private Acs3() {}

    /// @param query names and values as they are, not encoded
    /// @param headers all that are signed, by their names in lower case; `x-acs-content-sha256` among them
    static String authorization(
            String key, String secret, String method, SortedMap<String, String> query, Map<String, String> headers) {
        var sorted = new TreeMap<>(headers);
        String signed = String.join(";", sorted.keySet());
        String canonical = method + "\n/\n" + query(query) + "\n"
                + sorted.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                        .collect(Collectors.joining())
                + "\n" + signed + "\n" + sorted.get("x-acs-content-sha256");
        String signature =
                Signing.hex(Signing.sha256(Signing.bytes(secret), ALGORITHM + "\n" + Signing.hash(canonical)));
        return ALGORITHM + " Credential=" + key + ",SignedHeaders=" + signed + ",Signature=" + signature;
    }

    static String query(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// As RFC 3986 wants it.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
