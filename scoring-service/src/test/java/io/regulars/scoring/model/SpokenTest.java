package io.regulars.scoring.model;

import java.time.LocalDate;

import io.regulars.scoring.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpokenTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CNY | zh-CN |   12000 | ¥120",
                "CNY | zh-CN |   12050 | ¥120.50",
                "CNY | zh-CN | 1200000 | ¥12,000",
                "USD | en-US |  123456 | $1,234.56",
                "USD | zh-CN |     500 | US$5",
                "JPY | ja-JP |     120 | ￥120",
                "CHF | de-CH |   12000 | CHF 120",
                "KWD | en-KW |    1005 | KWD 1.005",
            })
    void amountsBearTheSignThatTheShopsCustomersKnow(String currency, String locale, long minor, String said) {
        assertThat(new Spoken(currency, locale).amount(minor)).isEqualTo(said);
    }

    @Test
    void daysBearTheirYearWhereItIsAnother() {
        var day = LocalDate.of(2027, 3, 3);

        assertThat(Spoken.day(day, LocalDate.of(2027, 1, 31))).isEqualTo(Words.of("3月3日", "3 March"));
        assertThat(Spoken.day(day, LocalDate.of(2026, 12, 31))).isEqualTo(Words.of("2027年3月3日", "3 March 2027"));
    }
}
