package io.regulars.faults;

import java.util.ArrayList;
import java.util.List;

/// What was asked on the command line.
///
/// @param names of faults; empty to list them
/// @param seed null to draw one
/// @param rest seconds within which all must be at rest after a fault; 60 is promised, a machine that is busy with
/// other
///     things may need more
/// @param json only the last line
/// @param customers of the `day` or the `broadcast`
/// @param kills in the `broadcast`
record Arguments(List<String> names, Long seed, int rounds, int rest, int customers, int kills, boolean json) {

    /// So many phone numbers the shop of the day can make.
    private static final int MOST_CUSTOMERS = 100_000;

    static Arguments parse(List<String> words) {
        var names = new ArrayList<String>();
        Long seed = null;
        var rounds = 1;
        var rest = 60;
        var customers = 2_000;
        var kills = 3;
        var json = false;
        for (var i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--seed" -> seed = number(words, ++i, "--seed");
                case "--rounds" -> rounds = Math.toIntExact(number(words, ++i, "--rounds"));
                case "--rest" -> rest = Math.toIntExact(number(words, ++i, "--rest"));
                case "--customers" -> customers = Math.toIntExact(number(words, ++i, "--customers"));
                case "--kills" -> kills = Math.toIntExact(number(words, ++i, "--kills"));
                case "--json" -> json = true;
                case String word
                when word.startsWith("-") -> throw new IllegalArgumentException("unknown option " + word);
                case String word -> names.add(word);
            }
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be 1 or more");
        }
        if (customers < 1 || customers > MOST_CUSTOMERS) {
            throw new IllegalArgumentException("--customers must be 1 to " + MOST_CUSTOMERS);
        }
        if (kills < 1) {
            throw new IllegalArgumentException("--kills must be 1 or more");
        }
        return new Arguments(List.copyOf(names), seed, rounds, rest, customers, kills, json);
    }

    private static long number(List<String> words, int at, String option) {
        try {
            return Long.parseLong(words.get(at));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a whole number", e);
        }
    }
}
