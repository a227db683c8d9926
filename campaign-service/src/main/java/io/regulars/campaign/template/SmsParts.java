package io.regulars.campaign.template;

/// How many messages an SMS is on the air, and is paid for as: 160 characters of the GSM alphabet (3GPP TS
/// 23.038), 153 for each part of several; or 70 of UCS-2, 67 for each part, as soon as one character is not
/// of that alphabet. Those of its extension table count twice, as does what UCS-2 writes as two; neither is
/// cut in two.
///
/// @param units characters as they count
public record SmsParts(Encoding encoding, int units, int parts) {

    public enum Encoding {
        GSM_7(160, 153),
        UCS_2(70, 67);

        private final int alone;
        private final int each;

        Encoding(int alone, int each) {
            this.alone = alone;
            this.each = each;
        }
    }

    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    public static SmsParts of(String text) {
        Encoding encoding = text.chars().allMatch(c -> GSM.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0)
                ? Encoding.GSM_7
                : Encoding.UCS_2;
        int units = text.codePoints().map(c -> units(c, encoding)).sum();
        return new SmsParts(encoding, units, units <= encoding.alone ? 1 : parts(text, encoding));
    }

    private static int parts(String text, Encoding encoding) {
        int parts = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int units = units(text.codePointAt(i), encoding);
            if (used + units > encoding.each) {
                parts++;
                used = 0;
            }
            used += units;
        }
        return parts;
    }

    private static int units(int c, Encoding encoding) {
        return switch (encoding) {
            case GSM_7 -> EXTENSION.indexOf(c) >= 0 ? 2 : 1;
            case UCS_2 -> Character.charCount(c);
        };
    }
}
