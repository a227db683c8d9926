package io.regulars.bench.audience;

import java.util.List;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.World;

/// All conditions of a kind, one after the other, by each contestant in turn.
final class Races {

    private static final int MOST_WINDOWS = 8;

    private final Bench bench;
    private final Report report;
    private final World world;
    private final AudienceBenchmark.Ours ours;
    private final List<Peer> peers;

    Races(Bench bench, Report report, World world, AudienceBenchmark.Ours ours, List<Peer> peers) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.ours = ours;
        this.peers = peers;
    }

    private interface Ask {
        void of(Peer peer, Question question) throws Exception;
    }

    /// @param times that each question is asked in a turn
    private record Part(String name, boolean selective, int times, Goal goal, Ask ask) {

        List<Question> questions() {
            return Question.ALL.stream()
                    .filter(question -> question.selective() == selective)
                    .toList();
        }

        long answers() {
            return (long) times * questions().size();
        }
    }

    void all() throws Exception {
        for (var selective : List.of(true, false)) {
            var which = selective ? "selective" : "broad";
            var times = bench.pick(selective ? 10 : 2, selective ? 3 : 1);
            var goal = Goal.atMost(selective ? 1 : 3);
            run(new Part("count, " + which, selective, times, goal, Peer::count));
            run(new Part("page, " + which, selective, times, goal, (peer, asked) -> peer.page(asked, Answers.PAGE)));
        }
    }

    private void run(Part part) throws Exception {
        try (var api = ours.open()) {
            report.fact(
                    "warm-up, " + part.name(),
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> rate(ours(part, api)))
                            .toString());
            for (var peer : peers) {
                theirs(part, peer);
                var race = Race.run(
                        part.name() + " against " + peer.name(),
                        bench.rounds(),
                        new Contestant(api.name(), round -> ours(part, api)),
                        new Contestant(peer.name(), round -> theirs(part, peer)),
                        bench.progress());
                report.race(race, "ms", part.goal());
            }
        }
    }

    private Sample ours(Part part, Peer api) throws Exception {
        return ask(part, api, Meter.over(world.process("campaign"), world.postgres()));
    }

    private Sample theirs(Part part, Peer peer) throws Exception {
        return ask(part, peer, Meter.withSelfOver());
    }

    /// Compared by the mean time of an answer.
    private static Sample ask(Part part, Peer who, Meter meter) throws Exception {
        for (var i = 0; i < part.times(); i++) {
            for (var question : part.questions()) {
                part.ask().of(who, question);
            }
        }
        var sample = meter.seconds(part.answers());
        return new Sample(
                sample.wallSeconds() * 1_000 / part.answers(),
                sample.wallSeconds(),
                sample.operations(),
                sample.cpuSeconds(),
                sample.peakBytes());
    }

    private static double rate(Sample sample) {
        return sample.operations() / sample.wallSeconds();
    }
}
