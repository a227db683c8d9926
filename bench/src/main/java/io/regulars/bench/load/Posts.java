package io.regulars.bench.load;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

/// Where JSON is posted to, and who makes the bodies.
///
/// @param target with scheme, host, port and path
/// @param bodies asked for each request, by several threads at once
public record Posts(URI target, String bearer, Supplier<byte[]> bodies) {

    private byte[] request(byte[] body) {
        return HttpConnection.post(target, bearer, body);
    }

    /// Posts one body.
    ///
    /// @throws IllegalStateException where the answer is no success: then what is measured is not the work
    void one(HttpConnection connection) throws IOException {
        one(connection, bodies.get());
    }

    void one(HttpConnection connection, byte[] body) throws IOException {
        var answer = connection.send(request(body));
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(target.getPath() + " answered " + answer.status() + ": " + answer.text());
        }
    }
}
