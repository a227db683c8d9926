package io.regulars.campaign.template;

import io.regulars.campaign.template.SmsParts.Encoding;
import org.junit.jupiter.api.Test;

import static io.regulars.campaign.template.SmsParts.Encoding.GSM_7;
import static io.regulars.campaign.template.SmsParts.Encoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;

class SmsPartsTest {

    @Test
    void countsTheGsmAlphabet() {
        counts("a".repeat(160), GSM_7, 160, 1);
        counts("a".repeat(161), GSM_7, 161, 2);
        counts("a".repeat(306), GSM_7, 306, 2);
        counts("a".repeat(307), GSM_7, 307, 3);
        counts("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r", GSM_7, 44, 1);
    }

    @Test
    void countsItsExtensionTwiceAndCutsNoneInTwo() {
        counts("€".repeat(80), GSM_7, 160, 1);
        counts("€".repeat(81), GSM_7, 162, 2);
        // 153 is odd: each part holds 76 of them, and a place is lost
        counts("€".repeat(152), GSM_7, 304, 2);
        counts("€".repeat(153), GSM_7, 306, 3);
    }

    @Test
    void countsWhatIsBeyondItAsUcs2() {
        counts("亲".repeat(70), UCS_2, 70, 1);
        counts("亲".repeat(71), UCS_2, 71, 2);
        counts("亲".repeat(134), UCS_2, 134, 2);
        counts("亲".repeat(135), UCS_2, 135, 3);
        counts("ç", UCS_2, 1, 1);
        counts("a".repeat(70) + "’", UCS_2, 71, 2);
    }

    @Test
    void cutsNoPairOfUcs2InTwo() {
        counts("😀".repeat(35), UCS_2, 70, 1);
        counts("😀".repeat(66), UCS_2, 132, 2);
        counts("😀".repeat(67), UCS_2, 134, 3);
    }

    private static void counts(String text, Encoding encoding, int units, int parts) {
        assertThat(SmsParts.of(text)).isEqualTo(new SmsParts(encoding, units, parts));
    }
}
