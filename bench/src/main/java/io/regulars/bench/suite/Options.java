package io.regulars.bench.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was asked for.
///
/// @param names the benchmarks, none for their list
/// @param customers how large a shop, where the benchmark has one
/// @param rounds how often contestants take turns
/// @param json print the JSON alone
/// @param home where the systems under test keep their data
public record Options(
        List<String> names,
        boolean quick,
        OptionalLong customers,
        OptionalLong rounds,
        long seed,
        boolean json,
        Optional<Path> home) {

    private static final long SEED = 20_260_101;

    /// @throws IllegalArgumentException on what is no option, or a value that is none
    public static Options parse(List<String> words) {
        var names = new ArrayList<String>();
        var quick = false;
        var json = false;
        var customers = OptionalLong.empty();
        var rounds = OptionalLong.empty();
        var seed = SEED;
        Optional<Path> home = Optional.empty();
        for (var rest = words.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            switch (word) {
                case "--quick" -> quick = true;
                case "--json" -> json = true;
                case "--customers" -> customers = OptionalLong.of(positive(word, value(word, rest)));
                case "--rounds" -> rounds = OptionalLong.of(positive(word, value(word, rest)));
                case "--seed" -> seed = number(word, value(word, rest));
                case "--home" -> home = Optional.of(Path.of(value(word, rest)));
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + word);
                    }
                    names.add(word);
                }
            }
        }
        return new Options(List.copyOf(names), quick, customers, rounds, seed, json, home);
    }

    private static String value(String option, java.util.Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static long positive(String option, String value) {
        var number = number(option, value);
        if (number < 1) {
            throw new IllegalArgumentException(option + " must be 1 or more");
        }
        return number;
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + value, e);
        }
    }
}
