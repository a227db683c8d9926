package io.regulars.faults.mutation;

import java.util.List;
import java.util.stream.Stream;

/// All guards of the services, in the order data flows.
final class Guards {

    static final List<Guard> ALL = Stream.of(
                    KitGuards.ALL,
                    CustomerGuards.ALL,
                    MerchantGuards.ALL,
                    ScoringGuards.ALL,
                    LearningGuards.ALL,
                    CampaignGuards.ALL,
                    AudienceGuards.ALL,
                    CouponGuards.ALL,
                    RestraintGuards.ALL,
                    WorkshopGuards.ALL,
                    DayGuards.ALL,
                    JourneyGuards.ALL,
                    SendingGuards.ALL,
                    ChannelGuards.ALL,
                    ReceiptGuards.ALL,
                    WebhookGuards.ALL)
            .flatMap(List::stream)
            .toList();

    private Guards() {}

    /// @param names of guards or of modules; none for all
    static List<Guard> chosen(List<String> names) {
        for (var name : names) {
            if (ALL.stream().noneMatch(guard -> is(guard, name))) {
                throw new IllegalArgumentException("unknown guard " + name + "; --list shows them");
            }
        }
        return ALL.stream()
                .filter(guard -> names.isEmpty() || names.stream().anyMatch(name -> is(guard, name)))
                .toList();
    }

    private static boolean is(Guard guard, String name) {
        return guard.name().equals(name) || guard.module().equals(name);
    }
}
