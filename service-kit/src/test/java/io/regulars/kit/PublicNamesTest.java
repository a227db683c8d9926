package io.regulars.kit;

import java.util.List;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.id.Ref;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublicNamesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 35, 36, 1_000_000_007L, Long.MAX_VALUE})
    void readsTheIdItWrote(long id) {
        assertThat(PublicId.parse("cus", PublicId.format("cus", id))).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cus_", "ord_1a", "cus_-1", "cus_zzzzzzzzzzzzz", "cus_1A", "1a"})
    void refusesWhatIsNoId(String text) {
        assertThat(PublicId.parse("cus", text)).isEmpty();
    }

    @Test
    void takesTheMerchantsOwnId() {
        assertThat(Ref.parse("cus", "ext:17850:a b")).contains(new Ref.External("17850:a b"));
        assertThat(Ref.parse("cus", "cus_a")).contains(new Ref.Id(10));
        assertThat(Ref.parse("cus", "ext:")).isEmpty();
    }

    @Test
    void aPageEndsWhereItsCursorSays() {
        Page<String> page = Page.of(List.of("张", "李", "王"), 2, name -> new Object[] {name, 7});

        assertThat(page.items()).containsExactly("张", "李");
        assertThat(Cursor.decode(page.nextCursor(), 2)).containsExactly("李", "7");
        assertThat(Page.of(List.of("张"), 2, name -> new Object[] {name}).nextCursor())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "YQ", "5p2O"})
    void refusesACursorItDidNotGive(String cursor) {
        assertThatThrownBy(() -> Cursor.decode(cursor, 2)).isInstanceOf(HttpProblem.class);
    }

    @Test
    void boundsThePage() {
        assertThat(Limit.of(null)).isEqualTo(100);
        assertThat(Limit.of(1000)).isEqualTo(1000);
        assertThatThrownBy(() -> Limit.of(0)).isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> Limit.of(1001)).isInstanceOf(HttpProblem.class);
    }
}
