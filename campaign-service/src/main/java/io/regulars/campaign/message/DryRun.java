package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.guardrail.Budgets;
import io.regulars.campaign.guardrail.Purse;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.template.SmsParts;
import io.regulars.campaign.template.TemplateException;
import io.regulars.events.Channel;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/// Judges and writes messages that nobody planned, by the code that claims those that were ([Round],
/// [Gate], [Content]). Nothing is written to the database, and no budget and no cap knows of it.
@ApplicationScoped
public class DryRun {

    /// A message that would be planned.
    ///
    /// @param id tells it apart within a run
    public record Letter(
            long id,
            CustomerKey customer,
            String occurrence,
            int step,
            Channel channel,
            Instant plannedAt,
            Map<String, String> context) {}

    /// What it says.
    ///
    /// @param parts that are paid for: of an SMS, else 1
    public record Written(String to, String subject, String text, String html, int parts) {}

    /// What became of it.
    public sealed interface Fate {}

    /// @param parts as of [Written]
    public record Goes(int parts) implements Fate {}

    public record Held(Instant until, String reason) implements Fate {}

    public record Skipped(String reason) implements Fate {}

    /// The memory of a run: what it took of caps and budgets so far.
    public static final class Run {
        private final Plan plan;
        private final boolean past;
        private final Purse purse;
        private final Map<CustomerKey, Map<Channel, List<Instant>>> sent = new HashMap<>();

        private Run(Plan plan, boolean past, Purse purse) {
            this.plan = plan;
            this.past = past;
            this.purse = purse;
        }

        /// Who has no more messages to come need not be remembered.
        public void forget(Collection<CustomerKey> customers) {
            sent.keySet().removeAll(new HashSet<>(customers));
        }
    }

    /// What really went, by then. Of a campaign that is replayed its own messages are left out: they are
    /// what is replayed.
    private static final String COUNTED = """
            select m.merchant_id, m.customer_id, m.channel, m.counted_at from message m
            join unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
              on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id
            where m.counted_at > :since and m.counted_at <= :now and m.campaign_id <> :without
            """;

    private static final String CLAIM = "rehearsal";

    private final Jdbi jdbi;
    private final Budgets budgets;
    private final Restraints restraints;
    private final Precedence precedence;
    private final String publicUrl;

    DryRun(
            Jdbi jdbi,
            Budgets budgets,
            Restraints restraints,
            Precedence precedence,
            @ConfigProperty(name = "regulars.public-url") String publicUrl) {
        this.jdbi = jdbi;
        this.budgets = budgets;
        this.restraints = restraints;
        this.precedence = precedence;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /// @param plan as if it were active
    /// @param past whether it is another time than now: then budgets are whole, and other campaigns'
    ///     messages that are due now are no rivals
    public Run begin(Plan plan, Shop shop, boolean past, Instant now) {
        return new Run(plan, past, budgets.look(plan.merchantId(), plan.campaignId(), shop.zone(), past, now));
    }

    /// What would become of each of them at this instant; instants of one run never go back.
    public Map<Letter, Fate> judge(Run run, List<Letter> due, Answers answers, Instant now) {
        Map<Long, Letter> byId = due.stream().collect(Collectors.toMap(Letter::id, letter -> letter));
        var counted = counted(run, due, answers, now);
        var purse = run.purse.at(now);
        Map<Letter, Fate> fates = new HashMap<>();
        due.stream()
                .collect(
                        Collectors.groupingBy(Letter::channel, () -> new EnumMap<>(Channel.class), Collectors.toList()))
                .forEach((channel, alike) -> {
                    List<Claimed> claimed = alike.stream()
                            .map(letter -> claimed(run.plan, letter))
                            .toList();
                    Order order = !run.past && restraints.present(claimed).priorities()
                            ? precedence.among(claimed, now)
                            : Order.NONE;
                    var limits = new Round.Limits(counted, order, purse);
                    var round = Round.of(claimed, channel, CLAIM, answers, limits, now);
                    round.changes()
                            .forEach(change -> fate(change)
                                    .ifPresent(fate ->
                                            fates.put(byId.get(change.message().id()), fate)));
                    round.going().forEach(message -> {
                        Letter letter = byId.get(message.key().id());
                        fates.put(letter, written(run, letter, message, answers, now));
                    });
                });
        return fates;
    }

    /// For a reader.
    ///
    /// @param customer as the reader may see them
    public Written write(Plan plan, Letter letter, Customer customer, Shop shop, Instant now) throws TemplateException {
        return written(new Content(claimed(plan, letter), plan, customer, shop, publicUrl, now), letter.channel());
    }

    private Fate written(Run run, Letter letter, Claimed message, Answers answers, Instant now) {
        try {
            var content = new Content(
                    message,
                    run.plan,
                    answers.customer(letter.customer()),
                    answers.shop(run.plan.merchantId()),
                    publicUrl,
                    now);
            run.sent
                    .computeIfAbsent(letter.customer(), key -> new EnumMap<>(Channel.class))
                    .computeIfAbsent(letter.channel(), key -> new ArrayList<>())
                    .add(now);
            return new Goes(written(content, letter.channel()).parts());
        } catch (TemplateException e) {
            return new Skipped("template: " + e.getMessage());
        } catch (RuntimeException e) {
            return new Skipped("cannot be written: " + e.getClass().getSimpleName());
        }
    }

    private static Written written(Content content, Channel channel) {
        return switch (channel) {
            case EMAIL -> {
                var email = content.email();
                yield new Written(email.to(), email.subject(), email.text(), email.html(), 1);
            }
            case SMS -> {
                var sms = content.sms();
                yield new Written(
                        sms.to(),
                        null,
                        sms.text(),
                        null,
                        SmsParts.of(sms.text()).parts());
            }
            case INBOX -> {
                var text = content.text();
                yield new Written(null, text.subject(), text.text(), text.html(), 1);
            }
        };
    }

    private static Optional<Fate> fate(Transition change) {
        return switch (change.to()) {
            case HELD -> Optional.of(new Held(change.dueAt(), change.reason()));
            case SKIPPED -> Optional.of(new Skipped(change.reason()));
            default -> Optional.empty();
        };
    }

    private static Claimed claimed(Plan plan, Letter letter) {
        return new Claimed(
                new MessageKey(letter.customer().merchantId(), letter.customer().customerId(), letter.id()),
                plan.campaignId(),
                plan.revision(),
                letter.occurrence(),
                letter.step(),
                letter.channel(),
                0,
                letter.plannedAt(),
                false,
                null,
                letter.context());
    }

    private Map<CustomerKey, Map<Channel, List<Instant>>> counted(
            Run run, List<Letter> due, Answers answers, Instant now) {
        Duration reach = answers.settings(run.plan.merchantId()).reach();
        Map<CustomerKey, Map<Channel, List<Instant>>> counted = new HashMap<>();
        List<CustomerKey> customers =
                due.stream().map(Letter::customer).distinct().toList();
        customers.forEach(customer -> run.sent
                .getOrDefault(customer, Map.of())
                .forEach((channel, at) -> counted.computeIfAbsent(customer, key -> new EnumMap<>(Channel.class))
                        .put(channel, new ArrayList<>(at))));
        if (!reach.isZero()) {
            jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(COUNTED), customers)
                    .bind("since", now.minus(reach))
                    .bind("now", now)
                    .bind("without", run.past ? run.plan.campaignId() : 0)
                    .map((row, context) -> counted.computeIfAbsent(
                                    new CustomerKey(row.getInt(1), row.getLong(2)), key -> new EnumMap<>(Channel.class))
                            .computeIfAbsent(ChannelNames.parse(row.getString(3)), key -> new ArrayList<>())
                            .add(row.getTimestamp(4).toInstant()))
                    .list());
        }
        return counted;
    }
}
