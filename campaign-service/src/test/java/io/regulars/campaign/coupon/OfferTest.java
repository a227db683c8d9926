package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.time.ZoneId;

import io.regulars.campaign.audience.Shop;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OfferTest {

    private static final Shop CHINESE = new Shop(1, "暖阳", ZoneId.of("Asia/Shanghai"), "CNY", "zh-CN");
    private static final Shop ENGLISH = new Shop(2, "Sunny", ZoneId.of("Europe/London"), "GBP", "en-GB");

    @Test
    void saysTwelvePercentOffAsTheShopsCountryDoes() {
        var offer = new Offer("percent", new BigDecimal("12"), null, null, null);

        assertThat(offer.describe(CHINESE)).isEqualTo("8.8折");
        assertThat(offer.describe(ENGLISH)).isEqualTo("12% off");
    }

    @Test
    void saysHalfPriceWithoutDecimals() {
        assertThat(new Offer("percent", new BigDecimal("50.00"), null, null, null).describe(CHINESE))
                .isEqualTo("5折");
    }

    @Test
    void saysAThreshold() {
        var offer = new Offer("threshold", null, 2_000L, 20_000L, null);

        assertThat(offer.describe(CHINESE)).isEqualTo("满200元减20元");
        assertThat(offer.describe(ENGLISH)).isEqualTo("GBP 20 off on orders over GBP 200");
    }

    @Test
    void readsACodeAsPeopleTypeIt() {
        assertThat(Codes.normal(" abcd-efgh 0oil ")).isEqualTo("ABCDEFGH0011");
    }

    @Test
    void makesCodesOfTwelveCharactersThatAreHardToMistake() {
        assertThat(Codes.next()).matches("[0-9A-HJKMNP-TV-Z]{12}");
    }
}
