package io.regulars.customer.interaction;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.regulars.customer.input.Checks;
import io.regulars.customer.profile.CustomerRefs;
import io.regulars.kit.id.Ref;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An interaction as it is posted.
record InteractionInput(
        @Schema(description = "the merchant's own id: a fact is recorded once", examples = "v-1", required = true)
        String externalId,

        @Schema(description = "cus_… or ext: and the merchant's own id", examples = "ext:u-10086", required = true)
        String customerId,

        @Schema(
                description = "visited, products_searched, product_viewed, product_favourited, product_added,"
                        + " cart_abandoned, product_reviewed, inquired, complained, campaign_joined, survey_answered"
                        + " or called_back",
                examples = "product_reviewed",
                required = true)
        String kind,

        @Schema(required = true) Instant at,

        @Schema(description = "1 to 5 of a review, 0 to 100 of a survey", examples = "5")
        Integer rating,

        @Schema(description = "a product code, a cart id, search words …", examples = "WIPES-80")
        String subject,

        Map<String, String> properties,

        @Schema(description = "history loaded after the fact")
        Boolean backfill) {

    private static final String REVIEW = "product_reviewed";
    private static final String SURVEY = "survey_answered";

    private static final List<String> KINDS = List.of(
            "visited",
            "products_searched",
            "product_viewed",
            "product_favourited",
            "product_added",
            "cart_abandoned",
            REVIEW,
            "inquired",
            "complained",
            "campaign_joined",
            SURVEY,
            "called_back");

    /// A checked fact and the customer it names.
    record Draft(
            Ref customer,
            String externalId,
            String kind,
            Instant at,
            Integer rating,
            String subject,
            Map<String, String> properties,
            boolean backfill) {

        Interaction of(int merchant, long customerId, long id, boolean batchBackfill, Instant now) {
            return new Interaction(
                    merchant,
                    customerId,
                    id,
                    externalId,
                    kind,
                    at,
                    rating,
                    subject,
                    properties,
                    backfill || batchBackfill,
                    now);
        }
    }

    Draft checked(Instant now) {
        var checks = new Checks();
        String checkedKind = checks.oneOf("kind", checks.required("kind", kind, 50), KINDS);
        rating(checks, checkedKind);
        var checkedProperties =
                properties == null ? Map.<String, String>of() : checks.map("properties", properties, 50, 1_000);
        String id = checks.required("externalId", externalId, 200);
        Instant when = checks.instant("at", checks.required("at", at), now);
        String about = checks.text("subject", subject, 300);
        checks.orThrow();
        return new Draft(
                CustomerRefs.parse(customerId),
                id,
                checkedKind,
                when,
                rating,
                about,
                checkedProperties,
                Boolean.TRUE.equals(backfill));
    }

    private void rating(Checks checks, String checkedKind) {
        if (checkedKind == null) {
            return;
        }
        switch (checkedKind) {
            case REVIEW -> {
                if (rating == null || rating < 1 || rating > 5) {
                    checks.violate("rating", "of a review must be 1 to 5");
                }
            }
            case SURVEY -> {
                if (rating == null || rating < 0 || rating > 100) {
                    checks.violate("rating", "of a survey must be 0 to 100");
                }
            }
            default -> {
                if (rating != null) {
                    checks.violate("rating", "belongs to " + REVIEW + " and " + SURVEY + " only");
                }
            }
        }
    }
}
