package io.regulars.bench.send;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A personal e-mail that is 5 kB on the wire: text, HTML and headers.
final class Letter {

    static final int BYTES = 5_000;

    private static final String SUBJECT = "{name}, what you liked is back";
    private static final int TEXT_LINES = 12;
    private static final int HTML_ROWS = 22;

    private static final String TEXT = "Dear {name},\n\nthis is what came in for you this week:\n"
            + lines(TEXT_LINES, "  - product %02d at a better price than last time, in all sizes\n")
            + "\nYours, the shop\n";
    private static final String HTML = "<!doctype html><html><body><h1>Dear {name},</h1>\n<p>this is what came in for"
            + " you this week:</p>\n<table>\n"
            + lines(
                    HTML_ROWS,
                    "<tr><td class=\"p\">product %02d</td><td>at a better price than last time,</td><td><a"
                            + " href=\"https://shop.example/p/%1$02d\">see it</a></td></tr>\n")
            + "</table>\n<p>Yours, the shop</p></body></html>\n";

    private Letter() {}

    private static String lines(int count, String line) {
        return IntStream.rangeClosed(1, count).mapToObj(line::formatted).collect(Collectors.joining());
    }

    /// For those who put the name in by themselves.
    static Map<String, String> plain() {
        return Map.of("subject", SUBJECT, "text", TEXT, "html", HTML);
    }

    /// For campaign-service.
    static Map<String, String> template() {
        return plain().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, part -> part.getValue().replace("{name}", "{customer.name}")));
    }
}
