package io.regulars.campaign.preview;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Names;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.message.Specimen;
import io.regulars.campaign.recommend.Recommendations;
import io.regulars.campaign.template.Clipping;
import io.regulars.campaign.template.Mentioned;
import io.regulars.campaign.template.SmsParts;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Writes messages for real customers and sends none of them.
@ApplicationScoped
class Previews {

    private static final int LONG_SUBJECT = 60;

    private final Clock clock;
    private final Shops shops;
    private final Customers customers;
    private final Audiences audiences;
    private final Guardrails guardrails;
    private final Recommendations recommendations;
    private final String publicUrl;

    Previews(
            Clock clock,
            Shops shops,
            Customers customers,
            Audiences audiences,
            Guardrails guardrails,
            Recommendations recommendations,
            @ConfigProperty(name = "regulars.public-url") String publicUrl) {
        this.clock = clock;
        this.shops = shops;
        this.customers = customers;
        this.audiences = audiences;
        this.guardrails = guardrails;
        this.recommendations = recommendations;
        this.publicUrl = publicUrl;
    }

    /// Whether the caller need not see names.
    static boolean masked(Merchant merchant) {
        return !merchant.has(Roles.OWNER) && !merchant.has(Roles.MARKETER);
    }

    /// @param audience whom a sample is drawn from, where the caller names nobody
    /// @param masked whether the caller need not see names
    Preview preview(
            int merchant,
            Text text,
            Channel channel,
            boolean marketing,
            Wanted wanted,
            Condition audience,
            boolean masked) {
        Shop shop = shops.find(merchant);
        Instant now = clock.instant();
        Map<String, Boolean> named = Mentioned.in(text);
        Map<String, String> values = Standins.values(named.keySet(), wanted.values(), shop, now);
        List<CustomerKey> keys = wanted.customers().stream()
                .map(reference -> new CustomerKey(merchant, customers.resolve(merchant, reference)))
                .distinct()
                .toList();
        Map<CustomerKey, Customer> known = customers.load(keys);
        var recommended = text.variants().stream().anyMatch(Text::recommends)
                ? recommendations.load(keys)
                : Map.<CustomerKey, Map<String, List<Map<String, String>>>>of();
        Map<Text, Set<String>> ofVariants = new HashMap<>();
        text.variants()
                .forEach(variant ->
                        ofVariants.put(variant, Mentioned.inOne(variant).keySet()));
        var kind = new Kind(text, channel, marketing, shop, values, named, ofVariants, now);
        List<Preview.Rendered> items = keys.stream()
                .map(key -> rendered(
                        kind,
                        speaking(known.get(key), wanted.language(), masked),
                        recommended.getOrDefault(key, Map.of())))
                .toList();
        List<String> standIns = named.keySet().stream()
                .filter(Standins::isOfCause)
                .filter(variable -> !wanted.values().containsKey(variable))
                .toList();
        Preview.Lacking lacking =
                wanted.sample() == 0 ? null : lacking(kind, audiences.sample(merchant, audience, wanted.sample()));
        return new Preview(items, standIns, lacking);
    }

    /// @param named by all languages of the text together, as [Mentioned] tells
    /// @param ofVariants what each of them names
    private record Kind(
            Text text,
            Channel channel,
            boolean marketing,
            Shop shop,
            Map<String, String> values,
            Map<String, Boolean> named,
            Map<Text, Set<String>> ofVariants,
            Instant now) {}

    private static Customer speaking(Customer customer, String language, boolean masked) {
        Customer seen = masked ? customer.masked() : customer;
        return language == null ? seen : seen.speaking(language);
    }

    private Preview.Rendered rendered(
            Kind kind, Customer customer, Map<String, List<Map<String, String>>> recommended) {
        String id = Customers.publicId(customer.id());
        String name = Names.masked(customer.name());
        List<String> missing = missing(kind, customer, recommended);
        try {
            var specimen = Specimen.of(
                    kind.text(),
                    kind.channel(),
                    kind.marketing(),
                    customer,
                    kind.shop(),
                    kind.values(),
                    recommended,
                    publicUrl,
                    kind.now());
            Text text = specimen.text();
            return switch (kind.channel()) {
                case SMS -> {
                    String sms = specimen.sms().text();
                    var parts = SmsParts.of(sms);
                    var told = new Preview.Sms(parts.encoding(), parts.units(), parts.parts());
                    yield new Preview.Rendered(
                            id, name, null, null, sms, null, told, cost(kind, parts.parts()), missing, List.of(), null);
                }
                case EMAIL -> {
                    var email = specimen.email();
                    yield new Preview.Rendered(
                            id,
                            name,
                            email.subject(),
                            text.preheader(),
                            email.text(),
                            email.html(),
                            null,
                            cost(kind, 1),
                            missing,
                            warnings(email.subject(), text.preheader(), email.html()),
                            null);
                }
                case INBOX ->
                    new Preview.Rendered(
                            id,
                            name,
                            text.subject(),
                            null,
                            text.text(),
                            text.html(),
                            null,
                            cost(kind, 1),
                            missing,
                            List.of(),
                            null);
            };
        } catch (TemplateException e) {
            return new Preview.Rendered(
                    id, name, null, null, null, null, null, null, missing, List.of(), "template: " + e.getMessage());
        }
    }

    private static List<String> warnings(String subject, String preheader, String html) {
        List<String> warnings = new ArrayList<>(Clipping.of(html).stream().toList());
        if (preheader == null) {
            warnings.add("there is no preheader; mail programs show the beginning of the text beside the subject");
        }
        if (subject.length() > LONG_SUBJECT) {
            warnings.add("the subject is longer than " + LONG_SUBJECT + " characters; telephones cut it off");
        }
        return warnings;
    }

    /// Null where the shop has said no price.
    private Preview.Cost cost(Kind kind, int parts) {
        long millionths = guardrails.of(kind.shop().merchantId()).policy().cost(kind.channel()) * parts;
        return millionths == 0
                ? null
                : new Preview.Cost(
                        new BigDecimal(BigDecimal.valueOf(millionths, 6)
                                .stripTrailingZeros()
                                .toPlainString()),
                        kind.shop().currency());
    }

    /// The variables of their language's text that a customer lacks; of the cause's none are known to be.
    private List<String> missing(Kind kind, Customer customer, Map<String, List<Map<String, String>>> recommended) {
        Map<String, String> values = Specimen.values(kind.values(), customer, kind.shop(), publicUrl, kind.now());
        Text spoken = kind.text().in(customer.language(), kind.shop().locale());
        return kind.ofVariants().get(spoken).stream()
                .filter(variable -> !Standins.isOfCause(variable))
                .filter(variable -> variable.startsWith("recommended.")
                        ? recommended.getOrDefault(variable, List.of()).isEmpty()
                        : values.get(variable) == null || values.get(variable).isBlank())
                .toList();
    }

    private Preview.Lacking lacking(Kind kind, List<Customer> sample) {
        var recommended = kind.text().variants().stream().anyMatch(Text::recommends)
                ? recommendations.load(sample.stream().map(Customer::key).toList())
                : Map.<CustomerKey, Map<String, List<Map<String, String>>>>of();
        Map<String, Integer> lacking = new TreeMap<>();
        for (Customer customer : sample) {
            missing(kind, customer, recommended.getOrDefault(customer.key(), Map.of()))
                    .forEach(variable -> lacking.merge(variable, 1, Integer::sum));
        }
        return new Preview.Lacking(
                sample.size(),
                kind.named().entrySet().stream()
                        .filter(one -> !Standins.isOfCause(one.getKey()))
                        .map(one -> new Preview.Variable(
                                one.getKey(), lacking.getOrDefault(one.getKey(), 0), !one.getValue()))
                        .toList());
    }
}
