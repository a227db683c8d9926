package io.regulars.customer.input;

import java.math.BigDecimal;

import io.regulars.kit.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AmountsTest {

    private final Checks checks = new Checks();

    @ParameterizedTest
    @CsvSource({
        "3, 3.335, CNY, 1001",
        "1, 0.004, CNY, 0",
        "1, 0.005, CNY, 1",
        "2, 19.5, JPY, 39",
        "3, 0.333333, USD, 100"
    })
    void aLineRoundsOnceHalfUp(long quantity, BigDecimal price, String currency, long minor) {
        assertThat(Amounts.line(checks, "f", quantity, price, currency)).isEqualTo(minor);
        assertThat(checks.clean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, must not be negative",
        "0.001, has more decimals than CNY (2)",
        "99999999999.00, 'must be at most 1,000,000,000,000 minor units'",
        "1e400, is absurd for an amount of money",
        "1e-400, is absurd for an amount of money",
    })
    void anAbsurdAmountIsRefused(BigDecimal amount, String message) {
        Amounts.exact(checks, "f", amount, "CNY");

        assertThat(checks.violations()).containsExactly(new Violation("f", message));
    }

    @Test
    void manyOfSomethingDearAreRefusedAndDoNotOverflow() {
        Amounts.line(checks, "f", 1_000_000, new BigDecimal("9999999999999"), "CNY");

        assertThat(checks.clean()).isFalse();
    }
}
