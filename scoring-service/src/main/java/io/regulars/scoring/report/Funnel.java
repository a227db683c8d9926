package io.regulars.scoring.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far customers got from a visit to a review, and what they did after what. Takes what they did in order: by
/// customer, then by time.
final class Funnel {

    static final String ORDER = "order_completed";

    /// The steps, in their order, and the kinds of interactions that are each.
    enum Step {
        visit(Set.of("visited")),
        view(Set.of("products_searched", "product_viewed")),
        cart(Set.of("product_added")),
        order(Set.of(ORDER)),
        review(Set.of("product_reviewed"));

        final Set<String> kinds;

        Step(Set<String> kinds) {
            this.kinds = kinds;
        }

        private static final Map<String, Step> BY_KIND = new HashMap<>();

        static {
            for (var step : values()) {
                step.kinds.forEach(kind -> BY_KIND.put(kind, step));
            }
        }
    }

    /// From one kind to the next different one of the same customer.
    record Move(String from, String to) {}

    private final long[] reached = new long[Step.values().length];
    private final long[] did = new long[reached.length];
    private final Map<Move, Long> moves = new HashMap<>();

    private long customers;
    private long customer;
    private String kind;
    private int progress;
    private final boolean[] done = new boolean[reached.length];

    void add(long ofCustomer, String ofKind) {
        if (customers == 0 || ofCustomer != customer) {
            begin(ofCustomer);
        }
        if (kind != null && !kind.equals(ofKind)) {
            moves.merge(new Move(kind, ofKind), 1L, Long::sum);
        }
        kind = ofKind;
        var step = Step.BY_KIND.get(ofKind);
        if (step == null) {
            return;
        }
        if (!done[step.ordinal()]) {
            done[step.ordinal()] = true;
            did[step.ordinal()]++;
        }
        if (step.ordinal() == progress) {
            reached[progress++]++;
        }
    }

    private void begin(long next) {
        customers++;
        customer = next;
        kind = null;
        progress = 0;
        java.util.Arrays.fill(done, false);
    }

    /// Who did anything.
    long customers() {
        return customers;
    }

    /// Who did this after all the steps before it.
    long reached(Step step) {
        return reached[step.ordinal()];
    }

    /// Who did this, whatever came before.
    long did(Step step) {
        return did[step.ordinal()];
    }

    long moves() {
        return moves.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The most frequent ones, in a stable order.
    List<Map.Entry<Move, Long>> mostFrequent(int most) {
        return moves.entrySet().stream()
                .sorted(Map.Entry.<Move, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(move -> move.getKey().from())
                        .thenComparing(move -> move.getKey().to()))
                .limit(most)
                .toList();
    }
}
