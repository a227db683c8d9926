package io.regulars.campaign.edge;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTopics;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class ScoreTriggersTest extends ServiceEdge {

    @Test
    void beginsWithAWarningASegmentAndAClassAndEndsWithTheWarning() {
        String wait = "{\"type\": \"wait\", \"for\": \"PT1H\"}";
        activate("{\"type\": \"churn-warning\"}", send("inbox", "留下吧"), wait, send("inbox", "再看看"));
        activate("{\"type\": \"group-entered\", \"groups\": [\"at-risk\"]}", send("inbox", "想你了"));
        activate(
                "{\"type\": \"class-entered\", \"name\": \"satisfaction\", \"classes\": [\"dissatisfied\"]}",
                send("inbox", "对不起"));
        shop.joins(1);
        TestTopics.publish(score(1, "loyal", 1, null, "satisfied"));
        known(1);
        var churn = new ScoreChanged.Churn(
                List.of("frequency"), new Step("frequency", -1, null, -1, clock.instant(), 1, "test", false));
        TestTopics.publish(score(2, "at-risk", 2, churn, "dissatisfied"));
        eventually(() -> allAre(1, 3, "sent"));
        TestTopics.publish(score(3, "at-risk", 2, churn, "dissatisfied"));
        stays(() -> messages(1).size() == 3);

        TestTopics.publish(score(4, "at-risk", 2, null, "dissatisfied"));
        eventually(() -> jdbi.withHandle(
                        handle -> handle.createQuery("select score_version from audience where merchant_id = :m")
                                .bind("m", shop.merchant())
                                .mapTo(Long.class)
                                .one())
                == 4);
        clock.shift(Duration.ofHours(2));

        eventually(() -> reasons()
                .equals(List.of("the cause is gone: no warning stands that the customer is about to be lost")));
        assertThat(messages(1))
                .extracting(message -> message.get("occurrence"))
                .containsExactlyInAnyOrder("churn:1", "group:at-risk:2", "class:satisfaction:dissatisfied:2");
    }

    private ScoreChanged score(
            long version, String group, long groupSeq, ScoreChanged.Churn churn, String satisfaction) {
        return new ScoreChanged(
                shop.merchant(),
                1,
                version,
                clock.instant(),
                1,
                3,
                59_900,
                LocalDate.of(2026, 3, 1),
                shop.tier("ordinary", 1, null, -1, 1),
                new Step(group, -1, null, -1, clock.instant(), groupSeq, "test", false),
                shop.stage("growing", null, 1),
                List.of(),
                false,
                churn,
                Map.of("satisfaction", satisfaction));
    }

    private List<String> reasons() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select reason from enrolment where merchant_id = :m and reason is not null")
                .bind("m", shop.merchant())
                .mapTo(String.class)
                .list());
    }
}
