package io.regulars.campaign.measure;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.problem.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExperimentCsvTest {

    private final Faults faults = new Faults();

    @Test
    void sumsEachArm() {
        var arms = read("arm,converted,sales\nmail,1,19.90\nmail,0,\nnone,no,0\nmail,TRUE,0.1\n");

        assertThat(arms)
                .containsExactly(
                        new Arm("mail", 3, 2, 2_000, BigInteger.valueOf(1_990 * 1_990 + 100)),
                        new Arm("none", 1, 0, 0, BigInteger.ZERO));
        assertThat(faults.violations()).isEmpty();
    }

    @Test
    void takesTheColumnsInAnyOrderAndAByteOrderMark() {
        var arms = read("\uFEFFSales, Converted ,ARM\r\n\"1\",1,\" 对照, 组 \"\r\n\r\n");

        assertThat(arms).containsExactly(new Arm("对照, 组", 1, 1, 100, BigInteger.valueOf(10_000)));
        assertThat(faults.violations()).isEmpty();
    }

    @Test
    void namesEveryBadLine() {
        read("arm,converted,sales\n,1,1\na,perhaps,1\na,1,1.999\na,1,x\na,1\na,0,1e11\n");

        assertThat(faults.violations())
                .containsExactly(
                        new Violation("line 2: arm", "must be 1 to 100 characters"),
                        new Violation("line 3: converted", "must be 1 or 0, true or false, yes or no"),
                        new Violation("line 4: sales", "1.999 is no amount of CNY, which has 2 decimals"),
                        new Violation("line 5: sales", "must be a decimal such as 199.00"),
                        new Violation("line 6: line", "has 2 fields instead of 3"),
                        new Violation("line 7: sales", "is larger than can be"));
    }

    @Test
    void readsNoFurtherThanTwentyFaults() {
        read("arm,converted,sales\n" + "a,x,1\n".repeat(1_000));

        assertThat(faults.violations()).hasSize(20);
        assertThat(faults.violations().getLast().message()).endsWith("; later lines were not read");
    }

    @Test
    void namesTheColumnsThatAreMissingOrUnknown() {
        read("arm,conversion,sales,arm\na,1,1,b\n");

        assertThat(faults.violations())
                .extracting(Violation::field)
                .containsExactly("line 1: arm", "line 1: converted", "line 1: column");
    }

    @Test
    void refusesWhatIsNoTable() {
        read("");
        read("arm,converted,sales\n");
        read("arm,converted,sales\n"
                + java.util.stream.IntStream.rangeClosed(0, 50)
                        .mapToObj(i -> "a" + i + ",0,0\n")
                        .collect(java.util.stream.Collectors.joining()));

        assertThat(faults.violations())
                .extracting(Violation::message)
                .containsExactly(
                        "is empty: its first line must name arm, converted, sales",
                        "has no line but its first",
                        "is one more than the 50 arms that can be compared");
    }

    private List<Arm> read(String text) {
        return ExperimentCsv.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "CNY", faults);
    }
}
