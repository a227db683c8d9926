package io.regulars.campaign.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Names;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.message.DryRun;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.template.TemplateException;
import org.jdbi.v3.core.Jdbi;

/// Writes the messages that a rehearsal shows, for a reader: with what is known of the customers now, and
/// without what their role need not see. A coupon's code is made up, and links lead nowhere.
@ApplicationScoped
class Samples {

    /// @param to absent of an in-site message
    record Sample(
            String customerId,
            String externalId,
            String name,
            int step,
            String channel,
            Instant goesAt,
            String to,
            String subject,
            String text,
            String html,
            int parts) {}

    private static final String OF = """
            select * from rehearsal_sample where merchant_id = :merchant and rehearsal_id = :rehearsal order by place
            """;

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final String HIDDEN = "***";

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Customers customers;
    private final Shops shops;
    private final DryRun run;

    Samples(Jdbi jdbi, ObjectMapper json, Customers customers, Shops shops, DryRun run) {
        this.jdbi = jdbi;
        this.json = json;
        this.customers = customers;
        this.shops = shops;
        this.run = run;
    }

    /// @param plan of the revision that was rehearsed
    List<Sample> of(Plan plan, long rehearsal, boolean masked) {
        List<SampleRow> rows = jdbi.withHandle(handle -> handle.createQuery(OF)
                .bind("merchant", plan.merchantId())
                .bind("rehearsal", rehearsal)
                .map((row, context) -> new SampleRow(
                        row.getLong("customer_id"),
                        row.getInt("place"),
                        row.getInt("step"),
                        row.getString("occurrence"),
                        row.getTimestamp("goes_at").toInstant(),
                        row.getString("context")))
                .list());
        Map<CustomerKey, Customer> known = customers.load(rows.stream()
                .map(row -> new CustomerKey(plan.merchantId(), row.customerId()))
                .toList());
        List<Sample> samples = new ArrayList<>();
        for (SampleRow row : rows) {
            Customer customer = known.get(new CustomerKey(plan.merchantId(), row.customerId()));
            if (customer != null && !customer.erased()) {
                samples.add(sample(plan, row, customer, masked));
            }
        }
        return samples;
    }

    private Sample sample(Plan plan, SampleRow row, Customer customer, boolean masked) {
        var send = (Step.Send) plan.definition().steps().get(row.step());
        Customer shown =
                masked ? masked(customer) : named(customer, customer.name(), customer.phone(), customer.email());
        var letter = new DryRun.Letter(
                1, customer.key(), row.occurrence(), row.step(), send.channel(), row.goesAt(), context(row, masked));
        DryRun.Written written;
        try {
            written = run.write(plan, letter, shown, shops.find(plan.merchantId()), row.goesAt());
        } catch (TemplateException e) {
            written = new DryRun.Written(null, null, "template: " + e.getMessage(), null, 0);
        }
        return new Sample(
                Customers.publicId(customer.id()),
                customer.externalId(),
                shown.name(),
                row.step(),
                ChannelNames.of(send.channel()),
                row.goesAt(),
                written.to(),
                written.subject(),
                written.text(),
                written.html(),
                written.parts());
    }

    private Map<String, String> context(SampleRow row, boolean masked) {
        try {
            Map<String, String> context = new HashMap<>(json.readValue(row.context(), TEXTS));
            if (masked) {
                context.replaceAll((name, value) -> name.startsWith("event.") ? HIDDEN : value);
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("a sample is unreadable", e);
        }
    }

    /// As customer-service masks them.
    private static Customer masked(Customer customer) {
        String phone = customer.phone();
        String email = customer.email();
        int at = email == null ? -1 : email.lastIndexOf('@');
        return named(
                customer,
                Names.masked(customer.name()),
                phone == null || phone.length() < 8
                        ? phone == null ? null : HIDDEN
                        : phone.substring(0, 3) + "*".repeat(phone.length() - 7) + phone.substring(phone.length() - 4),
                at < 1 ? email == null ? null : HIDDEN : email.charAt(0) + HIDDEN + email.substring(at));
    }

    /// Nobody is to be unsubscribed by who looks at a sample.
    private static Customer named(Customer customer, String name, String phone, String email) {
        return customer.named(name, phone, email, customer.unsubscribeToken() == null ? null : "sample");
    }
}
