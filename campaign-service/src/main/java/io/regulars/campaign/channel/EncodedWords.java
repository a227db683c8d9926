package io.regulars.campaign.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Text beyond ASCII in a header (RFC 2047), in base64. Written here because Jakarta Mail looks through all jars for
/// its
/// encoders anew for each text, a sixth of what a message costs.
final class EncodedWords {

    /// So that a word has its place beside the longest name of a header in a line of 76.
    private static final int MOST_BYTES = 39;

    private EncodedWords() {}

    /// Also where ASCII would not come as it is: what looks like an encoded word, and blanks in a row,
    /// which could be folded to a line of nothing else.
    static boolean needed(String text) {
        return text.chars().anyMatch(c -> c >= 127)
                || text.contains("=?")
                || text.contains("  ")
                || text.startsWith(" ")
                || text.endsWith(" ");
    }

    /// Words on lines of their own, none of which ends within a character.
    static String of(String text) {
        var words = new StringBuilder();
        int begin = 0;
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int end = at + Character.charCount(text.codePointAt(at));
            int more = utf8(text, at, end).length;
            if (bytes + more > MOST_BYTES) {
                word(words, utf8(text, begin, at));
                begin = at;
                bytes = 0;
            }
            bytes += more;
            at = end;
        }
        word(words, utf8(text, begin, text.length()));
        return words.toString();
    }

    private static void word(StringBuilder words, byte[] bytes) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("?=");
    }

    private static byte[] utf8(String text, int begin, int end) {
        return text.substring(begin, end).getBytes(StandardCharsets.UTF_8);
    }
}
