package io.regulars.campaign.message;

import java.util.stream.Collectors;

/// Into how many parts a text message is cut, which is what is paid for: GSM 03.38 has 160 characters in
/// one part and 153 in each of several, UCS-2 has 70 and 67.
final class SmsParts {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// Those that take two places.
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private SmsParts() {}

    static int of(String text) {
        boolean gsm = text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
        int length = gsm
                ? text.chars()
                        .map(c -> EXTENDED.indexOf(c) >= 0 ? 2 : 1)
                        .boxed()
                        .collect(Collectors.summingInt(Integer::intValue))
                : text.length();
        int whole = gsm ? 160 : 70;
        int each = gsm ? 153 : 67;
        return length <= whole ? 1 : (length + each - 1) / each;
    }
}
