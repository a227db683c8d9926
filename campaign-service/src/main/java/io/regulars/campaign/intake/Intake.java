package io.regulars.campaign.intake;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Acts;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.CustomerTags;
import io.regulars.campaign.audience.Profiles;
import io.regulars.campaign.audience.Purchases;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.coupon.ByOrders;
import io.regulars.campaign.inbox.Inbox;
import io.regulars.campaign.journey.Awakenings;
import io.regulars.campaign.points.Earning;
import io.regulars.campaign.task.Tasks;
import io.regulars.campaign.trigger.Forgetting;
import io.regulars.campaign.trigger.InteractionCauses;
import io.regulars.campaign.trigger.OrderCauses;
import io.regulars.campaign.trigger.Triggers;
import io.regulars.campaign.webhook.ConsentNews;
import io.regulars.events.CustomerChanged;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ProductChanged;
import io.regulars.events.ScoreChanged;
import io.regulars.kit.consume.EventConsumer;
import io.smallrye.common.annotation.Blocking;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Where the events of the other services come in.
@ApplicationScoped
class Intake {

    private final EventConsumer consumer;
    private final Shops shops;
    private final Profiles profiles;
    private final Purchases purchases;
    private final Triggers triggers;
    private final OrderCauses orderCauses;
    private final InteractionCauses interactionCauses;
    private final Forgetting forgetting;
    private final ByOrders codes;
    private final Earning earning;
    private final Inbox inbox;
    private final CustomerTags tags;
    private final Tasks tasks;
    private final Awakenings awakenings;
    private final ConsentNews consentNews;
    private final Acts acts;

    Intake(
            EventConsumer consumer,
            Shops shops,
            Profiles profiles,
            Purchases purchases,
            Triggers triggers,
            OrderCauses orderCauses,
            InteractionCauses interactionCauses,
            Forgetting forgetting,
            ByOrders codes,
            Earning earning,
            Inbox inbox,
            CustomerTags tags,
            Tasks tasks,
            Awakenings awakenings,
            ConsentNews consentNews,
            Acts acts) {
        this.consumer = consumer;
        this.shops = shops;
        this.profiles = profiles;
        this.purchases = purchases;
        this.triggers = triggers;
        this.orderCauses = orderCauses;
        this.interactionCauses = interactionCauses;
        this.forgetting = forgetting;
        this.codes = codes;
        this.earning = earning;
        this.inbox = inbox;
        this.tags = tags;
        this.tasks = tasks;
        this.awakenings = awakenings;
        this.consentNews = consentNews;
        this.acts = acts;
    }

    @Incoming("merchants")
    @Blocking
    public void merchants(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, MerchantChanged.class, shops::applyMerchants);
    }

    @Incoming("products")
    @Blocking
    public void products(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, ProductChanged.class, shops::applyProducts);
    }

    @Incoming("customers")
    @Blocking
    public void customers(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, CustomerChanged.class, this::apply);
    }

    @Incoming("orders")
    @Blocking
    public void orders(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, OrderChanged.class, this::applyOrders);
    }

    @Incoming("interactions")
    @Blocking
    public void interactions(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, InteractionRecorded.class, this::applyInteractions);
    }

    @Incoming("scores")
    @Blocking
    public void scores(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(records, ScoreChanged.class, triggers::apply);
    }

    private void applyInteractions(List<InteractionRecorded> facts) {
        acts.apply(facts);
        interactionCauses.apply(facts);
    }

    private void applyOrders(List<OrderChanged> orders) {
        // first: who waits for a turn must not hold what others wait for
        Map<Integer, List<Plan>> active = orderCauses.begin(orders);
        List<OrderChanged> newer = purchases.apply(orders);
        orderCauses.apply(newer, active);
        awakenings.ordered(newer);
        codes.apply(newer);
        // last: journeys hold customers' enrolments when they ask for their points
        earning.apply(newer);
    }

    private void apply(List<CustomerChanged> customers) {
        consentNews.tell(customers);
        profiles.apply(customers);
        List<CustomerKey> erased = customers.stream()
                .filter(CustomerChanged::erased)
                .map(customer -> new CustomerKey(customer.merchantId(), customer.customerId()))
                .toList();
        inbox.forget(erased);
        forgetting.forget(erased);
        tags.forget(erased);
        tasks.forget(erased);
        acts.forget(erased);
    }
}
