package io.regulars.campaign.receipt;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// What customers reply who want no more SMS: the whole text, not a word in it.
final class StopWords {

    private static final Set<String> STOP = Set.of(
            "R",
            "T",
            "N",
            "TD",
            "QX",
            "退订",
            "退定",
            "退",
            "拒收",
            "取消",
            "STOP",
            "STOPALL",
            "UNSUBSCRIBE",
            "CANCEL",
            "END",
            "QUIT",
            "REVOKE",
            "OPTOUT");

    private StopWords() {}

    static boolean says(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
        return STOP.contains(plain);
    }
}
