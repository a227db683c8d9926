package io.regulars.scoring.score;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Customers;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.score.ScoreChanges.Gone;
import io.regulars.scoring.score.ScoreChanges.Now;
import io.regulars.scoring.score.ScoreChanges.Place;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The scores that changed since a reader asked last.
@Path("/v1/scores/changes")
@Tag(name = "scores")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
@Transactional
public class ScoreChangesResource {

    private final Merchant merchant;
    private final Shops shops;
    private final ScoreChanges changes;

    ScoreChangesResource(Merchant merchant, Shops shops, ScoreChanges changes) {
        this.merchant = merchant;
        this.shops = shops;
        this.changes = changes;
    }

    /// @param items without those of erased customers
    /// @param erased who was erased since: forget them
    /// @param nextCursor what to ask `since` of next; there is always one
    /// @param more whether further changes can be read at once; else it is time to wait
    public record ChangesAnswer(List<ScoreView> items, List<ErasedCustomer> erased, String nextCursor, boolean more) {}

    /// All that is left of a customer who was erased.
    public record ErasedCustomer(String customerId, Instant erasedAt) {

        static ErasedCustomer from(Gone gone) {
            return new ErasedCustomer(Customers.publicId(gone.customerId()), gone.at());
        }
    }

    @GET
    @Operation(
            summary = "The scores that changed since a cursor, each customer once with the present score",
            description = "Without `since` from the beginning. `nextCursor` is always there, and does not age. None is"
                    + " left out; who changes again comes again. A change appears when all that was under way before it"
                    + " has ended: in a second as a rule, later while a large shop is fitted, calibrated or simulated."
                    + " A new `nextReviewAt` alone is no change. Customers who were erased come once more, in `erased`, with"
                    + " the id and nothing else; they count towards `limit`. That is told for 90 days: a reader who"
                    + " missed it is answered 410, and has to drop whom the scores from the beginning do not name.")
    @APIResponse(responseCode = "200", description = "the changes")
    @APIResponse(
            responseCode = "410",
            description = "the database was restored, or another server took over, since the cursor was given, or a"
                    + " customer was erased after it and more than 90 days ago: begin without one")
    public ChangesAnswer since(
            @Parameter(
                            description = "the `nextCursor` of the answer before",
                            example = "NzcxMjgwMjgwNzQwNjA3Mjk4Mi4wMDAwMDAwMR84MjIfMA")
                    @QueryParam("since")
                    String since,
            @QueryParam("limit") Integer limit) {
        var most = Limit.of(limit);
        var now = changes.now();
        var place = place(since, now);
        var found = changes.since(merchant.id(), place, now, most);
        var currency = shops.find(merchant.id()).map(Shop::currency).orElse("CNY");
        return new ChangesAnswer(
                found.scores().stream()
                        .map(row -> ScoreView.from(row, currency))
                        .toList(),
                found.gone().stream().map(ErasedCustomer::from).toList(),
                Cursor.encode(now.epoch(), found.next().xid(), found.next().customer()),
                found.more());
    }

    private Place place(String since, Now now) {
        var parts = parts(since);
        if (parts == null) {
            changes.renumber(merchant.id());
            return Place.BEGINNING;
        }
        var place = place(parts);
        if (!parts.getFirst().equals(now.epoch()) || place.xid() > now.horizon()) {
            throw Problems.gone("the database was restored since this cursor was given; begin without one");
        }
        if (changes.missedAMark(merchant.id(), place)) {
            throw Problems.gone("this cursor is older than what is still told of erased customers; begin without one");
        }
        return place;
    }

    private static List<String> parts(String since) {
        try {
            return Cursor.decode(since, 3);
        } catch (HttpProblem e) {
            throw unusable();
        }
    }

    private static Place place(List<String> parts) {
        try {
            var place = new Place(Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)));
            if (place.xid() >= 0) {
                return place;
            }
        } catch (NumberFormatException e) {
            throw unusable();
        }
        throw unusable();
    }

    private static RuntimeException unusable() {
        return Problems.invalid("since", "is not a cursor that this list gave; begin without one");
    }
}
