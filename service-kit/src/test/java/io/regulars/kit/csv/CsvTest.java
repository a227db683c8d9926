package io.regulars.kit.csv;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTest {

    @Test
    void quotesWhatNeedsIt() {
        var csv = Csv.of(
                List.of("name", "amount"),
                List.of(List.of("李，\"雷\"", new BigDecimal("-1.50")), Arrays.asList("a,b", null)));

        assertThat(csv).isEqualTo("name,amount\r\n\"李，\"\"雷\"\"\",-1.50\r\n\"a,b\",\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＠SUM(A1)"})
    void makesFormulasInert(String text) {
        assertThat(Csv.of(List.of("x"), List.of(List.of(text)))).contains("'" + text);
    }
}
