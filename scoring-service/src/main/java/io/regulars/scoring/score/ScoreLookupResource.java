package io.regulars.scoring.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.regulars.kit.id.Ref;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.ItemProblem;
import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The scores of many customers in one call. Changes nothing, so that a key would keep nothing but the answer.
@Path("/v1/scores/lookup")
@Tag(name = "scores")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
@Transactional
public class ScoreLookupResource {

    private static final int MOST = 1_000;

    private final Merchant merchant;
    private final Shops shops;
    private final ScoreList scores;

    ScoreLookupResource(Merchant merchant, Shops shops, ScoreList scores) {
        this.merchant = merchant;
        this.shops = shops;
        this.scores = scores;
    }

    /// @param customers `cus_…` or `ext:` and the merchant's own id
    public record LookupRequest(
            @NotNull @Size(min = 1, max = MOST) List<String> customers) {}

    /// In the order of the request.
    public record LookupAnswer(List<Item> items) {}

    /// @param customer as it was asked for
    /// @param problem 404 where there is no such customer, or no score yet; else absent
    public record Item(int index, String customer, ScoreView score, ItemProblem problem) {}

    @POST
    @Operation(
            summary = "The scores of up to 1,000 customers",
            description = "One answer for each, in their order; whoever is unknown spoils no other.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = LookupRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "two",
                                            value = "{\"customers\": [\"cus_1a\", \"ext:12346\"]}")))
    public LookupAnswer lookUp(@NotNull @Valid LookupRequest request) {
        var names = request.customers();
        var ids = ids(names);
        var found = scores.of(merchant.id(), new HashSet<>(ids.values()));
        var currency = shops.find(merchant.id()).map(Shop::currency).orElse("CNY");
        return new LookupAnswer(IntStream.range(0, names.size())
                .mapToObj(i -> item(i, names.get(i), found.get(ids.get(names.get(i))), currency))
                .toList());
    }

    /// By the name that was asked for; what is no name is not in it.
    private Map<String, Long> ids(List<String> names) {
        var ids = new HashMap<String, Long>();
        var external = new HashMap<String, String>();
        for (var name : names) {
            Ref.parse("cus", name).ifPresent(ref -> {
                switch (ref) {
                    case Ref.Id(var id) -> ids.put(name, id);
                    case Ref.External(var externalId) -> external.put(externalId, name);
                }
            });
        }
        if (!external.isEmpty()) {
            scores.customers(merchant.id(), external.keySet())
                    .forEach((externalId, id) -> ids.put(external.get(externalId), id));
        }
        return ids;
    }

    private static Item item(int index, String name, ScoreList.Row row, String currency) {
        return row == null
                ? new Item(index, name, null, ItemProblem.of(Problems.notFound("score of", name)))
                : new Item(index, name, ScoreView.from(row, currency), null);
    }
}
