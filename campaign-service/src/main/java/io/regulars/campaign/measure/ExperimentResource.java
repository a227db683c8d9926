package io.regulars.campaign.measure;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.lift.Experiment;
import io.regulars.campaign.lift.Lots;
import io.regulars.campaign.lift.Pace;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/experiments")
@Tag(name = "measurement")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class ExperimentResource {

    private static final String EXAMPLE = """
            arm,converted,sales
            mail,1,199.00
            mail,0,0
            none,0,0
            """;

    private final Merchant merchant;
    private final Shops shops;

    ExperimentResource(Merchant merchant, Shops shops) {
        this.merchant = merchant;
        this.shops = shops;
    }

    @POST
    @Path("/analyses")
    @Operation(
            summary = "Analyse an experiment that was made elsewhere, as a campaign's lift is",
            description = "A CSV in UTF-8 with a line for each customer of each arm, those who did nothing included:"
                    + " arm, converted (1 or 0) and sales (a decimal, empty for nothing), the columns in any order and"
                    + " named by the first line. At most 10 MB and 50 arms. Nothing of it is kept.")
    public Analysis analyse(
            @Parameter(hidden = true) @HeaderParam("Content-Type") String type,
            @Parameter(
                            description =
                                    "the arm that the others are compared with; where absent, the one named control,"
                                            + " if there is one",
                            example = "none")
                    @QueryParam("control")
                    String control,
            @Parameter(
                            description = "how the arms were to share the customers, for the check of the ratio",
                            example = "mail:2,none:1")
                    @QueryParam("shares")
                    String shares,
            @Parameter(description = "of the sales; the shop's where absent", example = "CNY") @QueryParam("currency")
                    String currency,
            @Parameter(
                            description =
                                    "the relative effect to be seen, for how many customers that takes; the observed"
                                            + " one where absent",
                            example = "0.1")
                    @QueryParam("effect")
                    String effect,
            @Parameter(description = "how many days it took, for how many more are needed", example = "14")
                    @QueryParam("days")
                    String days,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples = @ExampleObject(name = "two arms", value = EXAMPLE)))
                    InputStream body) {
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("text/csv")) {
            throw new NotSupportedException("the body must be text/csv");
        }
        String of = currency == null ? shops.find(merchant.id()).currency() : known(currency);
        Map<String, BigDecimal> weights = shares == null ? null : Shares.parse(shares);
        Double wished = Effect.parse(effect);
        Integer took = days(days);
        var faults = new Faults();
        List<Arm> arms = ExperimentCsv.read(body, of, faults);
        faults.throwIfAny();
        Map<String, Arm> all = new LinkedHashMap<>();
        arms.forEach(arm -> all.put(arm.name(), arm));
        if (weights != null) {
            arms.stream()
                    .filter(arm -> !weights.containsKey(arm.name()))
                    .findFirst()
                    .ifPresent(arm -> {
                        throw Problems.invalid("shares", "names no arm \"" + arm.name() + "\"");
                    });
            weights.keySet().forEach(name -> all.putIfAbsent(name, Arm.empty(name)));
        }
        List<Arm> compared = List.copyOf(all.values());
        return Analysis.of(new Experiment(
                compared,
                control == null ? control(arms) : control,
                weights == null ? Lots.unknown("shares is not given") : Lots.of(compared, weights),
                wished,
                took == null ? Pace.unknown("days is not given") : Pace.over(took),
                of));
    }

    private static String control(List<Arm> arms) {
        return arms.stream()
                .map(Arm::name)
                .filter("control"::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }

    private static String known(String currency) {
        try {
            return Currency.getInstance(currency).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("currency", "must be one of ISO 4217 such as CNY");
        }
    }

    private static Integer days(String text) {
        try {
            int days = text == null ? 1 : Integer.parseInt(text);
            if (days >= 1 && days <= 10_000) {
                return text == null ? null : (Integer) days;
            }
        } catch (NumberFormatException e) {
            throw Problems.invalid("days", "must be a whole number");
        }
        throw Problems.invalid("days", "must be 1 to 10000");
    }
}
