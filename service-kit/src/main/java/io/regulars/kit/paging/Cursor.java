package io.regulars.kit.paging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import io.regulars.kit.problem.Problems;

/// The key of a page's last row, in a form that callers hand back and do not read.
public final class Cursor {

    private static final String SEPARATOR = "\u001f";

    private Cursor() {}

    public static String encode(Object... key) {
        String text = Arrays.stream(key).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The key's parts, or null where there is no cursor: the first page.
    public static List<String> decode(String cursor, int parts) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> key = List.of(text.split(SEPARATOR, -1));
            if (key.size() == parts) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            throw unusable();
        }
        throw unusable();
    }

    /// The key of a list that is sorted by one number; 0 for the first page.
    public static long decodeLong(String cursor) {
        List<String> key = decode(cursor, 1);
        try {
            return key == null ? 0 : Long.parseLong(key.getFirst());
        } catch (NumberFormatException e) {
            throw unusable();
        }
    }

    private static RuntimeException unusable() {
        return Problems.invalid("cursor", "is not one that this list gave; begin without a cursor");
    }
}
