package io.regulars.kit.sql;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseAwayCausesTest {

    @ParameterizedTest
    @CsvSource({
        "08001,true",
        "08006,true",
        "53300,true",
        "57P01,true",
        "57P03,true",
        "22001,false",
        "23514,false",
        "40001,false",
        "42703,false",
        "57014,false",
        "P0001,false"
    })
    void tellsAnOutageByTheStateOfTheError(String state, boolean away) {
        var failure = new IllegalStateException("statement", new SQLException("refused", state));

        assertThat(DatabaseAway.in(failure).isPresent()).isEqualTo(away);
    }

    @Test
    void findsWhatTheTransactionManagerSuppressed() {
        var failure = new IllegalStateException("rolled back");
        failure.addSuppressed(new RuntimeException(new SQLException("broken pipe", "08006")));

        assertThat(DatabaseAway.in(failure)).isPresent();
    }

    @Test
    void endsWhereCausesRunInACircle() {
        var one = new IllegalStateException("one");
        one.addSuppressed(new IllegalStateException("two", one));

        assertThat(DatabaseAway.in(one)).isEmpty();
    }
}
