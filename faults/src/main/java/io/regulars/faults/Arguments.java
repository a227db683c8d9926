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
record Arguments(List<String> names, Long seed, int rounds, int rest, boolean json) {

    static Arguments parse(List<String> words) {
        var names = new ArrayList<String>();
        Long seed = null;
        var rounds = 1;
        var rest = 60;
        var json = false;
        for (var i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--seed" -> seed = number(words, ++i, "--seed");
                case "--rounds" -> rounds = Math.toIntExact(number(words, ++i, "--rounds"));
                case "--rest" -> rest = Math.toIntExact(number(words, ++i, "--rest"));
                case "--json" -> json = true;
                case String word
                when word.startsWith("-") -> throw new IllegalArgumentException("unknown option " + word);
                case String word -> names.add(word);
            }
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be 1 or more");
        }
        return new Arguments(List.copyOf(names), seed, rounds, rest, json);
    }

    private static long number(List<String> words, int at, String option) {
        try {
            return Long.parseLong(words.get(at));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a whole number", e);
        }
    }
}
