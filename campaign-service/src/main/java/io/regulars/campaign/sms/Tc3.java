package io.regulars.campaign.sms;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Tencent Cloud's request signature, version 3 (`TC3-HMAC-SHA256`), of a POST of JSON: over content type,
/// host and body, with a key for one day and service. <https://cloud.tencent.com/document/api/213/30654>
final class Tc3 {

    static final String CONTENT_TYPE = "application/json; charset=utf-8";
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SIGNED = "content-type;host";

    private Tc3() {}

    static String authorization(String id, String secret, String service, String host, String body, Instant now) {
        String day = LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
        String scope = day + "/" + service + "/tc3_request";
        String canonical = "POST\n/\n\ncontent-type:" + CONTENT_TYPE + "\nhost:" + host + "\n\n" + SIGNED + "\n"
                + Signing.hash(body);
        byte[] key = Signing.sha256(Signing.bytes("TC3" + secret), day);
        key = Signing.sha256(Signing.sha256(key, service), "tc3_request");
        String signature = Signing.hex(Signing.sha256(
                key, ALGORITHM + "\n" + now.getEpochSecond() + "\n" + scope + "\n" + Signing.hash(canonical)));
        return ALGORITHM + " Credential=" + id + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature=" + signature;
    }
}
