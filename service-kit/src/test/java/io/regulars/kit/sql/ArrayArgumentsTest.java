package io.regulars.kit.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What is bound as a list, arrives as an array with the same elements.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ArrayArgumentsTest {

    @Inject
    Jdbi jdbi;

    @Test
    void eachTypeArrivesAsItIs() {
        same(Long.class, "bigint[]", Arrays.asList(1L, null, Long.MIN_VALUE, Long.MAX_VALUE));
        same(Integer.class, "integer[]", Arrays.asList(1, null, Integer.MIN_VALUE));
        same(Double.class, "double precision[]", Arrays.asList(0.1, null, Double.MAX_VALUE, -0.0));
        same(String.class, "text[]", Arrays.asList("", null, "NULL", "a\"b\\c,{d}", "张伟 🎁", " "));
        same(String.class, "text[]", List.of());
    }

    @Test
    void bytesArriveAsTheyAre() {
        var given = List.of("{\"name\":\"张\"}".getBytes(StandardCharsets.UTF_8), new byte[] {0, -1, 92});

        var arrived = jdbi.withHandle(handle -> handle.createQuery("select b from unnest(:bytes::bytea[]) as b")
                .bindArray("bytes", byte[].class, given)
                .map((row, context) -> row.getBytes(1))
                .list());

        assertThat(arrived).usingRecursiveComparison().isEqualTo(given);
    }

    @Test
    void anArrayOfAnotherClassIsTakenForWhatItIsSaidToBe() {
        var sum = jdbi.withHandle(handle -> handle.createQuery("select sum(n) from unnest(:numbers) as n")
                .bindArray("numbers", Long.class, new Object[] {1L, 2L})
                .mapTo(Long.class)
                .one());

        assertThat(sum).isEqualTo(3);
    }

    @Test
    void textsAreCastToWhatTheStatementSays() {
        var instant = jdbi.withHandle(
                handle -> handle.createQuery("select max(at)::text from unnest(:instants::timestamptz[]) as at")
                        .bindArray("instants", String.class, Arrays.asList("2026-11-28T00:00:00Z", null))
                        .mapTo(String.class)
                        .one());

        assertThat(instant).startsWith("2026-11-2");
    }

    private <T> void same(Class<T> type, String named, List<T> given) {
        var arrived = new ArrayList<T>();
        var name = jdbi.withHandle(handle -> {
            handle.createQuery("select e from unnest(:list) with ordinality as l (e, n) order by n")
                    .bindArray("list", type, given)
                    .map((row, context) -> arrived.add(row.getObject(1, type)))
                    .list();
            return handle.createQuery("select pg_typeof(:list)::text")
                    .bindArray("list", type, given)
                    .mapTo(String.class)
                    .one();
        });

        assertThat(arrived).isEqualTo(given);
        assertThat(name).isEqualTo(named);
    }
}
