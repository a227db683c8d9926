package io.regulars.customer.profile;

import java.util.List;
import java.util.function.BiFunction;

import io.regulars.customer.consent.Consents;

/// How what is said changes what stands.
enum Merging {
    SAID(Merging::said),
    FILLED((standing, profile) -> new Result(standing.filledWith(profile), List.of()));

    record Result(Customer customer, List<Consents.Answer> consentChanges) {}

    private final BiFunction<Customer, Profile, Result> merge;

    Merging(BiFunction<Customer, Profile, Result> merge) {
        this.merge = merge;
    }

    Result apply(Customer standing, Profile profile) {
        return merge.apply(standing, profile);
    }

    private static Result said(Customer standing, Profile profile) {
        var decision = Consents.fromProfile(standing.consents(), profile.consents());
        return new Result(standing.with(profile, decision.standing()), decision.changes());
    }
}
