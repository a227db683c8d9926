package io.regulars.kit.id;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A row's id as the outside sees it: a prefix that names the kind of thing, and digits that mean nothing.
public final class PublicId {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-z]{1,13}");

    private PublicId() {}

    /// @param prefix `cus`, `ord`, `cmp` …
    public static String format(String prefix, long id) {
        return prefix + "_" + Long.toString(id, 36);
    }

    /// Empty where the text is no id of this kind.
    public static OptionalLong parse(String prefix, String text) {
        if (text == null || !text.startsWith(prefix + "_")) {
            return OptionalLong.empty();
        }
        String digits = text.substring(prefix.length() + 1);
        if (!DIGITS.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits, 36));
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty();
        }
    }
}
