package io.regulars.faults.mutation;

import java.util.List;

/// What is learned of a shop is learned once and used while it holds; who is gone is told once.
final class LearningGuards {

    static final List<Guard> ALL = List.of(
            learning(
                    "contact-recorded-once",
                    "history/Contacts.java",
                    "on conflict do nothing",
                    "",
                    "a message that is told again lies in the dead-letter topic",
                    "OldNewsTest#aContactIsKeptOnce"),
            learning(
                    "calibration-of-the-model-in-use",
                    "calibration/Calibrator.java",
                    "if (shop.modelVersion() == seen.modelVersion() && shop.calibrationNo() == seen.calibrationNo()) {",
                    "if (shop.merchantId() == seen.merchantId()) {",
                    "a model that was activated meanwhile scores by the cut-points of another",
                    "CalibratorTest#leavesAloneWhatBecameAnotherMeanwhile"),
            learning(
                    "model-kept-while-it-is-in-use",
                    "model/Models.java",
                    "held != null && held.shop().equals(shop)",
                    "held != null",
                    "a replica goes on scoring by a model that another one replaced",
                    "ModelsTest#goByTheModelThatAnotherReplicaActivated"),
            learning(
                    "fits-claimed",
                    "outlook/Fits.java",
                    "order by attempts, fit_id limit 1 for update skip locked",
                    "order by attempts, fit_id limit 1",
                    "two replicas make the same fit, and count an attempt each",
                    "FitsInTurnTest#areMadeByOneReplicaEach"),
            learning(
                    "fit-in-use-kept",
                    "outlook/Fits.java",
                    "and fit_id <> (select fit_id from shop where merchant_id = :merchant) and fit_id <= (",
                    "and fit_id <= (",
                    "the fit that scoring goes by is forgotten after many that failed",
                    "FitsInTurnTest#keepTheOneThatScoringGoesByHoweverManyFailSince"),
            learning(
                    "simulations-claimed",
                    "simulation/SimulationJobs.java",
                    "limit 1 for update of s skip locked",
                    "limit 1",
                    "two replicas make the same simulation, and count an attempt each",
                    "SimulationsInTurnTest#areMadeByOneReplicaEach"),
            learning(
                    "erasure-told-once",
                    "score/Erasures.java",
                    "and erased_at is null",
                    "",
                    "who follows the scores is told again and again of who is gone",
                    "ErasuresTest#areToldOnceHoweverOftenTheyCome"),
            learning(
                    "latest-dropped-mark-kept",
                    "score/Erasures.java",
                    "greatest(d.changed_xid, excluded.changed_xid)",
                    "excluded.changed_xid",
                    "who comes late to the scores is not told that they missed some who are gone",
                    "ErasuresTest#keepTheLatestOfTheMarksThatAreDropped"));

    private LearningGuards() {}

    private static Guard learning(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "scoring-service", file, text, without, why, test);
    }
}
