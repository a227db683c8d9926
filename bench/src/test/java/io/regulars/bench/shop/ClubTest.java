package io.regulars.bench.shop;

import java.time.Instant;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClubTest {

    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");
    private static final Club CLUB = new Club(7, 20_000, UNTIL);

    @Test
    void isTheSameEachTime() {
        assertThat(new Club(7, 100, UNTIL)).containsExactlyElementsOf(new Club(7, 100, UNTIL));
    }

    @Test
    void someValuesPickHalfOfTheShopAndSomeHardlyAnyone() {
        assertThat(tagged("tag-0")).isGreaterThan(2_000);
        assertThat(tagged("tag-99")).isBetween(20L, 400L);
    }

    @Test
    void nobodyOrdersAfterTheEnd() {
        assertThat(CLUB)
                .allSatisfy(member -> assertThat(member.bought())
                        .isNotEmpty()
                        .allSatisfy(bought -> assertThat(bought.at()).isBefore(UNTIL)));
    }

    private static long tagged(String tag) {
        return StreamSupport.stream(CLUB.spliterator(), false)
                .filter(member -> member.tags().contains(tag))
                .count();
    }
}
