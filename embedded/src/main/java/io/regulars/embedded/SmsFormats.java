package io.regulars.embedded;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/// Speaks as Aliyun, Tencent Cloud and Twilio do, one request each, and verifies their signatures by code of
/// its own.
final class SmsFormats {

    static final String KEY = "sandbox";
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, Object body) {}

    private final String secret;

    /// Takes number and text, gives the message's name.
    private final BiFunction<String, String, String> delivery;

    SmsFormats(String secret, BiFunction<String, String, String> delivery) {
        this.secret = secret;
        this.delivery = delivery;
    }

    /// @param code what is to be answered instead of a delivery, or null
    Answer answer(HttpExchange exchange, byte[] body, String code) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/2010-04-01/Accounts/")) {
            return twilio(headers, path, new String(body, StandardCharsets.UTF_8), code);
        }
        if (headers.containsKey("x-acs-action")) {
            return aliyun(
                    headers,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawQuery(),
                    code);
        }
        return tencent(headers, new String(body, StandardCharsets.UTF_8), code);
    }

    private Answer aliyun(Headers headers, String method, String query, String code) throws IOException {
        var authorization = String.valueOf(headers.getFirst("Authorization"));
        var names = authorization.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
        var signed = Arrays.stream(names.split(";"))
                .map(name -> name + ":" + headers.getFirst(name) + "\n")
                .collect(Collectors.joining());
        var fields = form(query);
        var canonical = fields.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        var request = method + "\n/\n" + canonical + "\n" + signed + "\n" + names + "\n" + hash("");
        var signature =
                hex(hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8), "ACS3-HMAC-SHA256\n" + hash(request)));
        if (!authorization.equals(
                "ACS3-HMAC-SHA256 Credential=" + KEY + ",SignedHeaders=" + names + ",Signature=" + signature)) {
            return new Answer(400, Map.of("Code", "SignatureDoesNotMatch", "Message", "not signed so"));
        }
        if (code != null) {
            return new Answer(code.startsWith("isv.") ? 200 : 400, Map.of("Code", code, "Message", "told to"));
        }
        var text = JSON.readTree(fields.get("TemplateParam")).path("content").asText();
        var number = fields.get("PhoneNumbers");
        var id = delivery.apply(
                number.length() == 11 ? "+86" + number : "+" + number, "【" + fields.get("SignName") + "】" + text);
        return new Answer(200, Map.of("Code", "OK", "Message", "OK", "BizId", id, "RequestId", "r-" + id));
    }

    private Answer tencent(Headers headers, String body, String code) throws IOException {
        var timestamp = Long.parseLong(String.valueOf(headers.getFirst("X-TC-Timestamp")));
        var day = Instant.ofEpochSecond(timestamp)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        var request = "POST\n/\n\ncontent-type:" + headers.getFirst("Content-Type") + "\nhost:"
                + headers.getFirst("Host") + "\n\ncontent-type;host\n" + hash(body);
        var scope = day + "/sms/tc3_request";
        var key = ("TC3" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : new String[] {day, "sms", "tc3_request"}) {
            key = hmac("HmacSHA256", key, part);
        }
        var signature =
                hex(hmac("HmacSHA256", key, "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + hash(request)));
        var expected = "TC3-HMAC-SHA256 Credential=" + KEY + "/" + scope
                + ", SignedHeaders=content-type;host, Signature=" + signature;
        if (!expected.equals(headers.getFirst("Authorization"))) {
            return new Answer(
                    200,
                    Map.of(
                            "Response",
                            Map.of(
                                    "Error",
                                    Map.of("Code", "AuthFailure.SignatureFailure", "Message", "not signed so"))));
        }
        JsonNode sms = JSON.readTree(body);
        var number = sms.path("PhoneNumberSet").path(0).asText();
        if (code != null) {
            return status(Map.of("PhoneNumber", number, "Code", code, "Message", "told to"));
        }
        var id = delivery.apply(
                number,
                "【" + sms.path("SignName").asText() + "】"
                        + sms.path("TemplateParamSet").path(0).asText());
        return status(Map.of("PhoneNumber", number, "SerialNo", id, "Code", "Ok", "Message", "send success", "Fee", 1));
    }

    private static Answer status(Map<String, Object> status) {
        return new Answer(200, Map.of("Response", Map.of("SendStatusSet", new Object[] {status}, "RequestId", "r")));
    }

    private Answer twilio(Headers headers, String path, String body, String code) {
        var login = Base64.getEncoder().encodeToString((KEY + ":" + secret).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + login).equals(headers.getFirst("Authorization"))
                || !path.equals("/2010-04-01/Accounts/" + KEY + "/Messages.json")) {
            return new Answer(401, Map.of("code", 20003, "message", "Authenticate", "status", 401));
        }
        if (code != null) {
            var status = "20429".equals(code) ? 429 : 400;
            return new Answer(status, Map.of("code", Integer.parseInt(code), "message", "told to", "status", status));
        }
        var form = form(body);
        var id = delivery.apply(form.get("To"), form.get("Body"));
        return new Answer(201, Map.of("sid", id, "status", "queued", "to", form.get("To")));
    }

    private static Map<String, String> form(String text) {
        var form = new TreeMap<String, String>();
        for (var pair : text.split("&")) {
            var parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hash(String text) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
