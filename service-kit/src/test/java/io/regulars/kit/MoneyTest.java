package io.regulars.kit;

import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.kit.money.Money;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MoneyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void countsMinorUnitsOfItsCurrency() {
        assertThat(new Money(new BigDecimal("199"), "CNY").toMinor()).isEqualTo(19_900);
        assertThat(new Money(new BigDecimal("199"), "JPY").toMinor()).isEqualTo(199);
        assertThat(new Money(new BigDecimal("1.234"), "KWD").toMinor()).isEqualTo(1_234);
    }

    @Test
    void refusesAnAmountFinerThanTheCurrency() {
        assertThatThrownBy(() -> new Money(new BigDecimal("0.001"), "CNY").toMinor())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0.001 is no amount of CNY, which has 2 decimals");
        assertThatThrownBy(() -> Money.minor(new BigDecimal("1e30"), "CNY"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesTheAmountAsAText() throws JsonProcessingException {
        String written = JSON.writeValueAsString(Money.ofMinor(-5, "CNY"));

        assertThat(written).isEqualTo("{\"amount\":\"-0.05\",\"currency\":\"CNY\"}");
        assertThat(JSON.readValue(written, Money.class).toMinor()).isEqualTo(-5);
    }
}
