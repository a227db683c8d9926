package io.regulars.campaign.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a webhook answered. Only the status decides; the begin of the body is kept for people who look for
/// what is wrong.
///
/// @param retryAfter as the header says in seconds; null where it does not
/// @param excerpt null where there is none
record Reply(int status, Duration retryAfter, String excerpt) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_HEADER = 8_000;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_BYTES = 2_000;
    private static final int LONGEST_EXCERPT = 500;
    private static final int NO_CONTENT = 204;

    /// @throws IOException where no status came
    static Reply read(InputStream in) throws IOException {
        Matcher status = STATUS.matcher(line(in, LONGEST_LINE).strip());
        if (!status.matches()) {
            throw new IOException("not HTTP");
        }
        var head = new Head();
        String excerpt = null;
        try {
            head.read(in);
            int code = Integer.parseInt(status.group(1));
            excerpt = code == NO_CONTENT ? null : text(body(in, head));
        } catch (IOException | NumberFormatException theRestIsForPeople) {
            // cut off, endless or malformed: the status was said
        }
        return new Reply(Integer.parseInt(status.group(1)), head.retryAfter, excerpt);
    }

    private static final class Head {
        private long length = Long.MAX_VALUE;
        private boolean chunked;
        private Duration retryAfter;

        private void read(InputStream in) throws IOException {
            for (int i = 0; i < MOST_HEADERS; i++) {
                String line = line(in, LONGEST_HEADER).strip();
                if (line.isEmpty()) {
                    return;
                }
                int colon = line.indexOf(':');
                if (colon > 0) {
                    take(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            throw new IOException("too many headers");
        }

        private void take(String name, String value) {
            switch (name) {
                case "content-length" -> length = Long.parseLong(value);
                case "transfer-encoding" ->
                    chunked = value.toLowerCase(Locale.ROOT).contains("chunked");
                case "retry-after" -> {
                    if (SECONDS.matcher(value).matches()) {
                        retryAfter = Duration.ofSeconds(Long.parseLong(value));
                    }
                }
                default -> {
                    // says nothing to us
                }
            }
        }
    }

    private static byte[] body(InputStream in, Head head) throws IOException {
        var body = new ByteArrayOutputStream();
        try {
            if (!head.chunked) {
                copy(in, body, head.length);
                return body.toByteArray();
            }
            while (body.size() < MOST_BYTES) {
                long size =
                        Long.parseLong(line(in, LONGEST_LINE).split(";", 2)[0].strip(), 16);
                if (size == 0 || !copy(in, body, size)) {
                    break;
                }
                line(in, LONGEST_LINE);
            }
        } catch (IOException | NumberFormatException cutOff) {
            // what came is what there is
        }
        return body.toByteArray();
    }

    /// @return whether all of it came
    private static boolean copy(InputStream in, ByteArrayOutputStream body, long size) throws IOException {
        for (long i = 0; i < size; i++) {
            if (body.size() >= MOST_BYTES) {
                return false;
            }
            int c = in.read();
            if (c < 0) {
                return false;
            }
            body.write(c);
        }
        return true;
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\uFFFD]+", " ")
                .strip();
        if (text.isEmpty()) {
            return null;
        }
        int end = Math.min(text.length(), LONGEST_EXCERPT);
        return text.substring(
                0, end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static String line(InputStream in, int longest) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > longest) {
                throw new IOException(c < 0 ? "closed without an answer" : "not HTTP");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
