package io.regulars.campaign.journey;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Broadcasts and days count whom they enrol. Where the door is reached later, those whom it keeps out are counted
/// over.
@ApplicationScoped
class DoorCounts {

    private static final String KEYS = """
            select merchant_id, campaign_id, occurrence, count(*) as refused
              from unnest(:merchants::int[], :campaigns::bigint[], :occurrences::text[])
                as r (merchant_id, campaign_id, occurrence)
              group by 1, 2, 3
            """;

    /// In one order for all workers.
    private static final String LOCK = "select from fan_out f join (" + KEYS + """
            ) k on k.merchant_id = f.merchant_id and k.campaign_id = f.campaign_id and k.occurrence = f.occurrence
            order by f.merchant_id, f.campaign_id, f.occurrence for no key update of f
            """;

    private static final String COUNT_OVER =
            "update fan_out f set enrolled = f.enrolled - k.refused, refused = f.refused + k.refused from (" + KEYS
                    + """
            ) k where k.merchant_id = f.merchant_id and k.campaign_id = f.campaign_id and k.occurrence = f.occurrence
            """;

    private final Jdbi jdbi;

    DoorCounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// At the end of the caller's transaction: a fan-out that is under way holds its row while it enrols a chunk.
    ///
    /// @param led those who were led on, of whom some were refused
    void count(List<Enrolment> led) {
        List<Enrolment> refused = led.stream().filter(Enrolment::refused).toList();
        if (refused.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            bind(handle.createQuery(LOCK), refused).map((row, context) -> true).list();
            bind(handle.createUpdate(COUNT_OVER), refused).execute();
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<Enrolment> refused) {
        return statement
                .bindArray(
                        "merchants",
                        Integer.class,
                        refused.stream().map(one -> one.key.merchantId()).toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        refused.stream().map(one -> one.campaign.campaignId()).toList())
                .bindArray(
                        "occurrences",
                        String.class,
                        refused.stream().map(one -> one.occurrence).toList());
    }
}
