package io.regulars.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// Where JSON is posted to, and who makes the bodies.
///
/// @param target with scheme, host, port and path
/// @param bodies asked for each request, by several threads at once
public record Posts(URI target, String bearer, Supplier<byte[]> bodies) {

    byte[] request() {
        var body = bodies.get();
        var head = ("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nAuthorization: Bearer " + bearer
                        + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /// Posts one body.
    ///
    /// @throws IllegalStateException where the answer is no success: then what is measured is not the work
    void one(HttpConnection connection) throws IOException {
        var answer = connection.send(request());
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(target.getPath() + " answered " + answer.status() + ": " + answer.text());
        }
    }
}
