package io.regulars.bench.measure;

import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Runs windows of work until their rate stands still.
///
/// @param windows how many it took
/// @param steady whether the last three agreed; if not, patience ended first
/// @param rate of the last window, 0 where there was none
public record WarmUp(int windows, boolean steady, double rate) {

    private static final int AGREEING = 3;
    private static final double WITHIN = 0.05;

    /// @param mostWindows none for a run whose figures mean little
    /// @param window does some work and answers with its rate
    public static WarmUp run(int mostWindows, Callable<Double> window) throws Exception {
        var rates = new ArrayList<Double>();
        while (rates.size() < mostWindows) {
            rates.add(window.call());
            if (rates.size() >= AGREEING && agree(rates.subList(rates.size() - AGREEING, rates.size()))) {
                return new WarmUp(rates.size(), true, rates.getLast());
            }
        }
        return new WarmUp(rates.size(), false, rates.isEmpty() ? 0 : rates.getLast());
    }

    private static boolean agree(java.util.List<Double> rates) {
        return Spread.of(rates.stream().mapToDouble(Double::doubleValue).toArray())
                        .width()
                <= WITHIN;
    }

    @Override
    public String toString() {
        if (windows == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                steady ? "%d windows until three agreed within 5 %%" : "%d windows, the last three not within 5 %%",
                windows);
    }
}
