package io.regulars.campaign.task;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.Rivals;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.kit.id.PublicId;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class TasksTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_490_030);

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Clock clock;

    @Inject
    Tasks tasks;

    @Test
    void areOpenedOnceHoweverOftenTheirStepIsGone() {
        open();
        open();

        assertThat(tasks.list(merchant, null, null, 0, 10)).hasSize(1);
    }

    @Test
    void ofTwoOutcomesAtOnceTheFirstStands() {
        open();
        String id = PublicId.format(
                Tasks.ID, tasks.list(merchant, null, null, 0, 10).getFirst().id());
        var rivals = new Rivals(jdbi);

        var second = QuarkusTransaction.requiringNew().call(() -> {
            tasks.complete(merchant, "one", id, "reached", null);
            return rivals.begin(() -> tasks.complete(merchant, "another", id, "declined", null));
        });

        assertThatThrownBy(second::join).hasCauseInstanceOf(HttpProblem.class);
        assertThat(tasks.list(merchant, null, null, 0, 10).getFirst().outcome()).isEqualTo("reached");
    }

    private void open() {
        var draft = new Tasks.Draft(new CustomerKey(merchant, 1), 1, 1, 0, "call", null, null);
        QuarkusTransaction.requiringNew().run(() -> tasks.open(List.of(draft), clock.instant()));
    }
}
