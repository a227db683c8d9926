package io.regulars.campaign.channel;

import java.util.regex.Pattern;

/// Words of another system as they are kept, shown and logged: one line of at most 300 characters, without
/// the addresses that servers like to repeat. They are personal data, and outlive their customers' erasure
/// otherwise.
public final class Words {

    private static final int LONGEST = 300;
    private static final int READ = 4_000;
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /// Halves of characters, which no database takes.
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private static final Pattern EMAIL =
            Pattern.compile("(?:\"[^\"]{1,64}\"|[^\\s<>()\\[\\],;:\"']{1,320})@[^\\s<>()\\[\\],;:\"']{1,255}");

    /// In E.164 or as dialled, also in groups where a plus says that it is one. Codes, dates and times are
    /// shorter.
    private static final Pattern PHONE =
            Pattern.compile("\\+\\d[\\d ().-]{5,24}\\d|(?<![\\p{Alnum}.+-])\\d{10,15}(?![\\p{Alnum}])");

    private Words() {}

    /// @param written null for none
    public static String of(String written) {
        String text = written == null ? "" : written;
        String line = HALF.matcher(
                        BLANK.matcher(cut(text, READ)).replaceAll(" ").strip())
                .replaceAll("\ufffd");
        return cut(PHONE.matcher(EMAIL.matcher(line).replaceAll("[address]")).replaceAll("[number]"), LONGEST);
    }

    /// Not within a character.
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
