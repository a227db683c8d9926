package io.regulars.campaign.preview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.channel.Email;
import io.regulars.campaign.library.StoredTemplates.Stored;
import io.regulars.campaign.library.TemplateView;
import io.regulars.campaign.message.Specimen;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.recommend.Recommendations;
import io.regulars.campaign.template.Mentioned;
import io.regulars.campaign.template.TemplateException;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Writes a template for a try and hands it over, marked as what it is.
@ApplicationScoped
class Tries {

    private static final int AN_HOUR = 30;

    private final Clock clock;
    private final Shops shops;
    private final Customers customers;
    private final Recommendations recommendations;
    private final TestSends sends;
    private final String publicUrl;

    Tries(
            Clock clock,
            Shops shops,
            Customers customers,
            Recommendations recommendations,
            TestSends sends,
            @ConfigProperty(name = "regulars.public-url") String publicUrl) {
        this.clock = clock;
        this.shops = shops;
        this.customers = customers;
        this.recommendations = recommendations;
        this.sends = sends;
        this.publicUrl = publicUrl;
    }

    /// @param customer whose values fill it; null for an example's
    @Transactional(Transactional.TxType.MANDATORY)
    List<TestSends.Row> send(
            int merchant,
            Stored stored,
            List<TestAddresses.Row> to,
            String customer,
            Map<String, String> values,
            String language,
            String by) {
        sends.lockShop(merchant);
        sends.refuseBeyond(merchant, "test", AN_HOUR - to.size() + 1, Duration.ofHours(1));
        to.forEach(address -> sends.refuseSuppressed(merchant, address.channel(), address.address()));
        TestSends.Saying saying = saying(merchant, stored, customer, values, language);
        List<Long> ids = to.stream()
                .map(address -> sends.add(merchant, "test", stored.id(), stored.version(), address, saying, by))
                .toList();
        return sends.find(merchant, ids);
    }

    private TestSends.Saying saying(
            int merchant, Stored stored, String reference, Map<String, String> values, String language) {
        Shop shop = shops.find(merchant);
        Instant now = clock.instant();
        Text text = TemplateView.text(stored);
        Channel channel = ChannelNames.parse(stored.channel());
        Customer customer = reference == null
                ? Standins.customer(shop)
                : customers
                        .load(new CustomerKey(merchant, customers.resolve(merchant, reference)))
                        .orElseThrow(() -> Problems.notFound("customer", reference));
        Customer speaking = language == null ? customer : customer.speaking(language);
        var recommended = recommendations
                .load(reference == null ? List.of() : List.of(customer.key()))
                .getOrDefault(customer.key(), Map.of());
        try {
            var specimen = Specimen.of(
                    text,
                    channel,
                    true,
                    speaking,
                    shop,
                    Standins.values(Mentioned.in(text).keySet(), values, shop, now),
                    recommended,
                    publicUrl,
                    now);
            String mark = shop.chinese() ? "[测试]" : "[Test]";
            if (channel == Channel.SMS) {
                String sms = specimen.sms().text();
                int signature = sms.startsWith("【") ? sms.indexOf('】') + 1 : 0;
                return new TestSends.Saying(
                        null, sms.substring(0, signature) + mark + sms.substring(signature), null, null);
            }
            Email email = specimen.email();
            return new TestSends.Saying(
                    mark + " " + email.subject(), email.text(), email.html(), email.unsubscribeUrl());
        } catch (TemplateException e) {
            throw Problems.invalid("customer", "cannot be written to with it: " + e.getMessage());
        }
    }
}
