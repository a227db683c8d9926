package io.regulars.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Two contestants in turn on the same machine, so that what disturbs one disturbs the other as well.
///
/// @param ours one sample for each round
/// @param theirs the same for the one that is compared with
public record Race(String name, String ourName, String theirName, List<Sample> ours, List<Sample> theirs) {

    /// Wider than this, the denominator says more about the machine than about the contestants.
    private static final double NOISY = 0.25;

    public Race {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /// Runs A B, B A, A B …
    public static Race run(String name, int rounds, Contestant ours, Contestant theirs, Consumer<String> progress)
            throws Exception {
        var ourSamples = new ArrayList<Sample>();
        var theirSamples = new ArrayList<Sample>();
        for (var round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                ourSamples.add(ours.turn().take(round));
                theirSamples.add(theirs.turn().take(round));
            } else {
                theirSamples.add(theirs.turn().take(round));
                ourSamples.add(ours.turn().take(round));
            }
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s, round %d of %d: %s %.4g, %s %.4g",
                    name,
                    round + 1,
                    rounds,
                    ours.name(),
                    ourSamples.getLast().value(),
                    theirs.name(),
                    theirSamples.getLast().value()));
        }
        return new Race(name, ours.name(), theirs.name(), ourSamples, theirSamples);
    }

    /// Ours by theirs, round by round.
    public Spread ratio() {
        return Spread.of(IntStream.range(0, ours.size())
                .mapToDouble(
                        round -> ours.get(round).value() / theirs.get(round).value())
                .toArray());
    }

    public Spread ourValue() {
        return values(ours);
    }

    public Spread theirValue() {
        return values(theirs);
    }

    public boolean noisy() {
        return theirValue().width() > NOISY;
    }

    private static Spread values(List<Sample> samples) {
        return Spread.of(samples.stream().mapToDouble(Sample::value).toArray());
    }
}
