package io.regulars.campaign.lift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Holm's step-down correction: who looks at many arms finds a difference by chance sooner or later.
final class Holm {

    private Holm() {}

    /// @param ps null where there was no test, which then is none of the many
    /// @return in the same order
    static List<Double> adjust(List<Double> ps) {
        int[] rising = IntStream.range(0, ps.size())
                .filter(i -> ps.get(i) != null)
                .boxed()
                .sorted(Comparator.comparing(ps::get))
                .mapToInt(Integer::intValue)
                .toArray();
        var adjusted = new Double[ps.size()];
        double greatest = 0;
        for (int rank = 0; rank < rising.length; rank++) {
            double p = Objects.requireNonNull(ps.get(rising[rank])) * (rising.length - rank);
            greatest = Math.max(greatest, Math.min(1, p));
            adjusted[rising[rank]] = greatest;
        }
        return Arrays.asList(adjusted);
    }
}
