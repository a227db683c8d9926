package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.csv.Csv;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Shops;
import io.regulars.scoring.model.Models;
import io.regulars.scoring.report.Cells.Cell;
import io.regulars.scoring.tier.TierRules.Tier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Who the customers of each tier are.
@Path("/v1/reports/personas")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
public class PersonasResource {

    private final Merchant merchant;
    private final Shops shops;
    private final Models models;
    private final Personas personas;
    private final TierCategories categories;
    private final Clock clock;

    PersonasResource(
            Merchant merchant, Shops shops, Models models, Personas personas, TierCategories categories, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.models = models;
        this.personas = personas;
        this.categories = categories;
        this.clock = clock;
    }

    /// @param customers of all tiers
    /// @param categoriesAsOf when the shop was calibrated last, absent before the first time
    /// @param tiers from the lowest to the highest
    public record PersonaReport(Instant asOf, long customers, Instant categoriesAsOf, List<Persona> tiers) {}

    /// @param label in the merchant's language
    /// @param share of all customers, 0 to 1
    /// @param averageOrderValue absent where there is no order
    /// @param medianDays between two purchase days, absent where nobody bought again
    /// @param recordsKnown customers whose record has come and who are not erased
    public record Persona(
            String key,
            String label,
            Words labels,
            long customers,
            BigDecimal share,
            long orders,
            Money sales,
            Money averageOrderValue,
            BigDecimal ordersPerCustomer,
            Double medianDays,
            long recordsKnown,
            List<PersonaShare> genders,
            List<PersonaShare> ageBands,
            List<PersonaShare> regions,
            List<PersonaShare> cities,
            List<PersonaShare> needTypes,
            List<PersonaShare> consents,
            List<PersonaCategory> categories) {}

    /// @param value absent for all values together that have no row of their own
    /// @param share of those of whom the dimension is told; of `recordsKnown` for consents; 0 to 1
    public record PersonaShare(String value, long customers, BigDecimal share) {}

    /// @param customers of the tier who kept something of the category
    /// @param sales what they kept of it
    public record PersonaCategory(String category, long customers, Money sales) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What the customers of each tier buy and who they are; also as text/csv",
            description = "Orders, sales and days between purchases are those of the whole history until today,"
                    + " refunds taken off; the days are measured as in the report of cycles, all intervals of the tier"
                    + " together. Gender, age band (by the year of birth: up to a year off), region, city and need"
                    + " type are shares of those customers of the tier whose record says it; consents are the share"
                    + " who want to hear on a channel, of those whose record is known. Categories are the up to 20"
                    + " that sold most to the tier and to 5 of its customers or more, as of the last calibration."
                    + " Fewer than 5 customers are never told apart, since a row of so few says who they are: they"
                    + " are part of the row without a value, which is joined by the next larger one where it would"
                    + " be too small itself, and left out where that does not help.")
    public PersonaReport personas() {
        var shop = shops.known(merchant.id());
        var known = personas.known(
                shop, shop.day(clock.instant()), Days.today(shop, clock).getYear());
        var bought = categories.of(shop.merchantId());
        var all = known.bought().values().stream()
                .mapToLong(tier -> tier.customers)
                .sum();
        return new PersonaReport(
                clock.instant(),
                all,
                bought.isEmpty() ? null : bought.getFirst().keptAt(),
                models.active(shop).scale().ladder().stream()
                        .map(tier -> persona(tier, known, bought, all, shop))
                        .toList());
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table() {
        return Csv.of(
                List.of(
                        "tier",
                        "dimension",
                        "value",
                        "customers",
                        "share",
                        "orders",
                        "sales",
                        "averageOrderValue",
                        "ordersPerCustomer",
                        "medianDays",
                        "currency"),
                personas().tiers().stream().flatMap(PersonasResource::rows).toList());
    }

    private static Stream<List<Object>> rows(Persona tier) {
        List<Object> all = Arrays.asList(
                tier.key(),
                "all",
                null,
                tier.customers(),
                tier.share(),
                tier.orders(),
                tier.sales().amount(),
                tier.averageOrderValue() == null
                        ? null
                        : tier.averageOrderValue().amount(),
                tier.ordersPerCustomer(),
                tier.medianDays(),
                tier.sales().currency());
        return Stream.of(
                        Stream.of(all),
                        rows(tier, "gender", tier.genders()),
                        rows(tier, "ageBand", tier.ageBands()),
                        rows(tier, "region", tier.regions()),
                        rows(tier, "city", tier.cities()),
                        rows(tier, "needType", tier.needTypes()),
                        rows(tier, "consent", tier.consents()),
                        tier.categories().stream()
                                .map(one -> Arrays.<Object>asList(
                                        tier.key(),
                                        "category",
                                        one.category(),
                                        one.customers(),
                                        null,
                                        null,
                                        one.sales().amount(),
                                        null,
                                        null,
                                        null,
                                        one.sales().currency())))
                .flatMap(rows -> rows);
    }

    private static Stream<List<Object>> rows(Persona tier, String dimension, List<PersonaShare> shares) {
        return shares.stream()
                .map(one -> Arrays.asList(
                        tier.key(),
                        dimension,
                        one.value() == null ? "other" : one.value(),
                        one.customers(),
                        one.share(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private static Persona persona(
            Tier tier, Personas.Known known, List<TierCategories.Bought> categories, long all, Shop shop) {
        var bought = known.bought().getOrDefault(tier.key(), new Personas.Bought());
        var cells = known.cells().getOrDefault(tier.key(), Map.of());
        var records = customers(cells.getOrDefault("record", List.of()));
        return new Persona(
                tier.key(),
                tier.labels().in(shop.locale()),
                tier.labels(),
                bought.customers,
                Share.of(bought.customers, all),
                bought.orders,
                Money.ofMinor(bought.sales, shop.currency()),
                Share.average(bought.sales, bought.orders, shop.currency()),
                Share.each(bought.orders, bought.customers),
                bought.medianDays(),
                records,
                shares("gender", cells),
                shares("ageBand", cells),
                shares("region", cells),
                shares("city", cells),
                shares("needType", cells),
                consents(cells.getOrDefault("consent", List.of()), records),
                categories.stream()
                        .filter(one -> one.tier().equals(tier.key()))
                        .map(one -> new PersonaCategory(
                                one.category(), one.customers(), Money.ofMinor(one.sales(), shop.currency())))
                        .toList());
    }

    private static List<PersonaShare> shares(String dimension, Map<String, List<Cell>> cells) {
        var large = Cells.large(cells.getOrDefault(dimension, List.of()));
        var all = customers(large);
        return large.stream()
                .map(cell -> new PersonaShare(cell.value(), cell.customers(), Share.of(cell.customers(), all)))
                .toList();
    }

    private static List<PersonaShare> consents(List<Cell> channels, long records) {
        return channels.stream()
                .filter(cell -> cell.customers() >= Cells.LEAST)
                .sorted(java.util.Comparator.comparing(Cell::value))
                .map(cell -> new PersonaShare(cell.value(), cell.customers(), Share.of(cell.customers(), records)))
                .toList();
    }

    private static long customers(List<Cell> cells) {
        return cells.stream().mapToLong(Cell::customers).sum();
    }
}
