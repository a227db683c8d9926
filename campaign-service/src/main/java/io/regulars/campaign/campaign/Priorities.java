package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Which of the merchants' campaigns go before others: as people have it now, whatever revision a customer is
/// on.
@ApplicationScoped
public class Priorities {

    /// How urgent a campaign's messages are; of equals the older message goes first.
    public record Priority(int priority, BigDecimal expectedValue) implements Comparable<Priority> {

        public static final Priority NONE = new Priority(0, BigDecimal.ZERO);

        public boolean before(Priority other) {
            return compareTo(other) > 0;
        }

        @Override
        public int compareTo(Priority other) {
            int byPriority = Integer.compare(priority, other.priority);
            return byPriority != 0 ? byPriority : expectedValue.compareTo(other.expectedValue);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Priority one && compareTo(one) == 0;
        }

        @Override
        public int hashCode() {
            return Integer.hashCode(priority);
        }
    }

    /// A campaign that goes before those that say nothing.
    public record Preferred(int merchantId, long campaignId, Priority priority) {}

    private static final String PREFERRED = """
            select merchant_id, id, priority, expected_value from campaign
            where merchant_id = any(:merchants) and state = 'active' and (priority > 0 or expected_value > 0)
            """;

    private final Jdbi jdbi;

    Priorities(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Those of the merchants' active campaigns that say something, by their id.
    public Map<Long, Preferred> of(Collection<Integer> merchants) {
        Map<Long, Preferred> preferred = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(PREFERRED)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) ->
                        new Preferred(row.getInt(1), row.getLong(2), new Priority(row.getInt(3), row.getBigDecimal(4))))
                .forEach(one -> preferred.put(one.campaignId(), one)));
        return preferred;
    }
}
