package io.regulars.bench.score;

import java.util.HashMap;
import java.util.HashSet;

import io.regulars.bench.world.Broker;
import io.regulars.events.OrderChanged;
import io.regulars.events.Partitioning;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoryTest {

    private static final int EVENTS = 2_000;

    private final Story story = new Story(7, 1, 300, EVENTS);

    @Test
    void tellsTheSameOfAChapterEachTime() {
        var once = story.chapter(0);

        assertThat(story.chapter(0)).isEqualTo(once).hasSize(EVENTS);
    }

    @Test
    void endsEachPartitionWithAnOrderThatIsToldOnlyOnce() {
        var seen = new HashSet<Long>();
        var again = new HashMap<Integer, Boolean>();

        for (var event : story.chapter(0)) {
            again.put(Partitioning.partition(event, Broker.PARTITIONS), !seen.add(event.orderId()));
        }

        assertThat(again).hasSize(Broker.PARTITIONS).doesNotContainValue(true);
    }

    @Test
    void tellsSomeOrdersInNewerVersionsAndRepeatsOthers() {
        var events = story.chapter(0);

        assertThat(events).anyMatch(event -> event.version() > 1);
        assertThat(new HashSet<>(events)).hasSizeLessThan(events.size());
    }

    @Test
    void countsTheOrdersOfAllChapters() {
        var orders = new HashSet<Long>();

        for (var chapter = 0; chapter < 2; chapter++) {
            story.chapter(chapter).stream().map(OrderChanged::orderId).forEach(orders::add);
        }

        assertThat(story.ordersUntil(1)).isEqualTo(orders.size());
    }
}
