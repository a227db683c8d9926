package io.regulars.scoring.score;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.model.Calibration;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.ModelDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CandidateTest {

    private static final Instant FALLS_ASLEEP = Instant.parse("2026-03-01T16:00:00Z");
    private static final Model MODEL =
            new Model(1, ModelDefinition.shipped(), Calibration.NONE, ZoneId.of("Asia/Shanghai"), 2);
    private static final StoredScore UNSCORED =
            new StoredScore(0, 0, 0, null, null, 0, null, null, null, null, null, 0, 0, 0, null, null, 0, null);

    @Test
    void isNotWokenByAReplicaWhoseClockIsSlower() {
        var asleep = scored(UNSCORED, null, FALLS_ASLEEP);

        var again = scored(asleep, FALLS_ASLEEP, FALLS_ASLEEP.minusSeconds(2));

        assertThat(asleep.stage()).isEqualTo("sleeping");
        assertThat(again).isEqualTo(asleep);
    }

    @Test
    void followsAClockThatIsSetRight() {
        var asleep = scored(UNSCORED, null, FALLS_ASLEEP);

        var again = scored(asleep, FALLS_ASLEEP, FALLS_ASLEEP.minus(Duration.ofDays(20)));

        assertThat(again.stage()).isEqualTo("new");
    }

    @Test
    void isToldToSleepAlsoWhereARecomputeComesBeforeTheReview() {
        var awake = scored(UNSCORED, null, FALLS_ASLEEP.minusSeconds(60));
        var scoredAt = FALLS_ASLEEP.minusSeconds(60);

        var early = candidate(awake, scoredAt, FALLS_ASLEEP.minusSeconds(1), Cause.recompute());
        var late = candidate(awake, scoredAt, FALLS_ASLEEP.plusSeconds(1), Cause.recompute());

        assertThat(awake.dueAt()).isEqualTo(FALLS_ASLEEP);
        assertThat(early.live()).isFalse();
        assertThat(late.after().stage()).isEqualTo("sleeping");
        assertThat(late.live()).isTrue();
        assertThat(late.dated()).isTrue();
    }

    @Test
    void isNotToldOfWhatARecomputeCorrects() {
        var corrected = candidate(UNSCORED, null, FALLS_ASLEEP.minusSeconds(60), Cause.recompute());
        var bought = candidate(UNSCORED, null, FALLS_ASLEEP.minusSeconds(60), Cause.events(Set.of(1L)));

        assertThat(corrected.after().tierSeq()).isEqualTo(1);
        assertThat(corrected.live()).isFalse();
        assertThat(corrected.told()).isFalse();
        assertThat(bought.live()).isTrue();
        assertThat(bought.told()).isTrue();
    }

    private static StoredScore scored(StoredScore before, Instant scoredAt, Instant now) {
        return candidate(before, scoredAt, now, Cause.events(Set.of(1L))).after();
    }

    private static Candidate candidate(StoredScore before, Instant scoredAt, Instant now, Cause cause) {
        var history = Purchases.none().on("2026-01-31", 100_00).history();
        var row = new ScoreRows.Held(history, null, false, false, scoredAt, null, before);
        return Candidate.of(row, List.of(), MODEL, now, cause);
    }
}
