package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerTags;
import io.regulars.campaign.points.Gifts;
import io.regulars.campaign.task.Tasks;
import io.regulars.campaign.webhook.Outgoing;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Does what the steps of a walk ask for, in its transaction: each once for an enrolment and step, however
/// often the step is gone.
@ApplicationScoped
class Doing {

    private static final String ARMS = """
            insert into enrolment_arm (merchant_id, customer_id, enrolment_id, campaign_id, experiment, arm, entered_at)
            select merchant_id, customer_id, enrolment_id, campaign_id, experiment, arm, :now
            from unnest(:merchants::int[], :customers::bigint[], :enrolments::bigint[], :campaigns::bigint[],
                :experiments::text[], :arms::text[])
              as r (merchant_id, customer_id, enrolment_id, campaign_id, experiment, arm)
            on conflict (merchant_id, customer_id, enrolment_id, experiment) do nothing
            """;

    private final Jdbi jdbi;
    private final CustomerTags tags;
    private final Outgoing outgoing;
    private final Tasks tasks;
    private final Gifts gifts;

    Doing(Jdbi jdbi, CustomerTags tags, Outgoing outgoing, Tasks tasks, Gifts gifts) {
        this.jdbi = jdbi;
        this.tags = tags;
        this.outgoing = outgoing;
        this.tasks = tasks;
        this.gifts = gifts;
    }

    void run(Deeds deeds, Instant now) {
        if (!deeds.arms.isEmpty()) {
            keep(deeds.arms, now);
        }
        tags.apply(
                deeds.tags.entrySet().stream()
                        .map(entry -> new CustomerTags.Change(
                                entry.getKey().customer(), entry.getKey().tag(), entry.getValue()))
                        .toList(),
                now);
        outgoing.queue(deeds.calls.stream().map(Doing::call).toList(), now);
        tasks.open(deeds.tasks.stream().map(Doing::task).toList(), now);
    }

    void give(List<Deeds.Given> given, Instant now) {
        gifts.give(given.stream().map(Doing::gift).toList(), now);
    }

    private void keep(List<Deeds.InArm> arms, Instant now) {
        jdbi.useHandle(handle -> {
            Update insert = handle.createUpdate(ARMS).bind("now", now);
            bind(
                    insert,
                    "merchants",
                    Integer.class,
                    arms,
                    one -> one.enrolment().key.merchantId());
            bind(
                    insert,
                    "customers",
                    Long.class,
                    arms,
                    one -> one.enrolment().key.customerId());
            bind(
                    insert,
                    "enrolments",
                    Long.class,
                    arms,
                    one -> one.enrolment().key.id());
            bind(
                    insert,
                    "campaigns",
                    Long.class,
                    arms,
                    one -> one.enrolment().campaign.campaignId());
            bind(insert, "experiments", String.class, arms, Deeds.InArm::experiment);
            bind(insert, "arms", String.class, arms, Deeds.InArm::arm);
            insert.execute();
        });
    }

    private static Outgoing.Draft call(Deeds.Called one) {
        return new Outgoing.Draft(
                one.enrolment().customer(),
                one.webhook().endpointId(),
                one.webhook().event(),
                one.enrolment().campaign.campaignId(),
                one.enrolment().key.id(),
                one.step(),
                one.enrolment().occurrence,
                one.enrolment().context);
    }

    private static Gifts.Gift gift(Deeds.Given one) {
        return new Gifts.Gift(
                one.enrolment().customer(),
                one.enrolment().key.id() + ":" + one.step(),
                one.gift().points(),
                one.gift().reason());
    }

    private static Tasks.Draft task(Deeds.Opened one) {
        return new Tasks.Draft(
                one.enrolment().customer(),
                one.enrolment().campaign.campaignId(),
                one.enrolment().key.id(),
                one.step(),
                one.task().title(),
                one.task().note(),
                one.task().within());
    }

    private static <D, T> void bind(Update update, String name, Class<T> type, List<D> rows, Function<D, T> column) {
        update.bindArray(name, type, rows.stream().map(column).toList());
    }
}
