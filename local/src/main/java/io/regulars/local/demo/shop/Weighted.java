package io.regulars.local.demo.shop;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Things to draw from, each as often as its weight says.
final class Weighted<T> {

    private final List<T> items;
    private final double[] cumulative;

    Weighted(List<T> items, ToDoubleFunction<T> weight) {
        this.items = List.copyOf(items);
        this.cumulative = items.stream().mapToDouble(weight).toArray();
        Arrays.parallelPrefix(cumulative, Double::sum);
    }

    /// Words with their weights behind them: `王 715 李 706 …`.
    static Weighted<String> words(String table) {
        var cells = table.strip().split("\\s+");
        var words = new String[cells.length / 2];
        var weights = new double[words.length];
        for (var i = 0; i < words.length; i++) {
            words[i] = cells[2 * i];
            weights[i] = Double.parseDouble(cells[2 * i + 1]);
        }
        var list = List.of(words);
        return new Weighted<>(list, word -> weights[list.indexOf(word)]);
    }

    T draw(Draws draws) {
        var at = Arrays.binarySearch(cumulative, draws.uniform() * cumulative[cumulative.length - 1]);
        return items.get(Math.min(at < 0 ? -at - 1 : at + 1, items.size() - 1));
    }
}
