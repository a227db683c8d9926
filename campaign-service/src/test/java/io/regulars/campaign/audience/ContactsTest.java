package io.regulars.campaign.audience;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What conditions count beside the copy is written once, however often it is told.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class ContactsTest {

    private static final AtomicInteger MERCHANTS = new AtomicInteger(1_450_200);
    private static final Instant AT = Instant.parse("2026-02-01T04:00:00Z");

    private final int merchant = MERCHANTS.incrementAndGet();

    @Inject
    Jdbi jdbi;

    @Inject
    Contacts contacts;

    @Inject
    Purchases purchases;

    @Inject
    Acts acts;

    @Inject
    CustomerTags tags;

    @Test
    void keepsEachFactOfAMessageOnceWithItsFirstInstant() {
        var message = new Contacts.Of(merchant, 1, message());

        QuarkusTransaction.requiringNew().run(() -> {
            contacts.note("planned", List.of(message), AT);
            contacts.note("sent", List.of(message), AT);
            contacts.note("clicked", List.of(message), AT.plusSeconds(60));
            contacts.note("opened", List.of(message), AT.plusSeconds(90));
            contacts.note("sent", List.of(message), AT.plusSeconds(90));
        });

        assertThat(texts("select kind || ' ' || channel || ' ' || to_char(at at time zone 'UTC', 'MI:SS') from contact"
                        + " where merchant_id = :m order by kind"))
                .containsExactly("1 1 00:00", "2 1 01:00", "3 1 01:00", "4 1 01:00");
    }

    @Test
    void keepsWhatProductsCostOfTheNewestVersionOfAnOrder() {
        QuarkusTransaction.requiringNew().run(() -> {
            purchases.apply(List.of(order(2, 300)));
            purchases.apply(List.of(order(1, 999)));
            purchases.apply(List.of(order(2, 300)));
        });
        assertThat(texts("select amount::text from purchase where merchant_id = :m"))
                .containsExactly("300");

        jdbi.useHandle(handle -> handle.execute("update purchase set amount = null where merchant_id = ?", merchant));
        QuarkusTransaction.requiringNew().run(() -> purchases.apply(List.of(order(1, 999))));
        assertThat(texts("select coalesce(amount::text, 'unknown') from purchase where merchant_id = :m"))
                .containsExactly("unknown");
        QuarkusTransaction.requiringNew().run(() -> purchases.apply(List.of(order(2, 300))));
        assertThat(texts("select amount::text from purchase where merchant_id = :m"))
                .containsExactly("300");
    }

    @Test
    void keepsWhatACustomerDidOnceUntilTheyAreErased() {
        var visit = new InteractionRecorded(merchant, 1, 7, null, "visited", AT, null, null, Map.of(), true);
        QuarkusTransaction.requiringNew().run(() -> acts.apply(List.of(visit, visit)));
        QuarkusTransaction.requiringNew().run(() -> acts.apply(List.of(visit)));
        assertThat(texts("select kind from act where merchant_id = :m")).containsExactly("visited");

        QuarkusTransaction.requiringNew().run(() -> acts.forget(List.of(new CustomerKey(merchant, 1))));
        assertThat(texts("select kind from act where merchant_id = :m")).isEmpty();
    }

    @Test
    void keepsATagThatACampaignGivesOnceHoweverManyGiveIt() {
        var given = List.of(new CustomerTags.Change(new CustomerKey(merchant, 1), "loyal", true));

        QuarkusTransaction.requiringNew().run(() -> tags.apply(given, AT));
        QuarkusTransaction.requiringNew().run(() -> tags.apply(given, AT.plusSeconds(60)));

        assertThat(texts("select tag || to_char(tagged_at at time zone 'UTC', ' MI:SS') from customer_tag"
                        + " where merchant_id = :m"))
                .containsExactly("loyal 00:00");
    }

    @Test
    void tagsHaveARowEachAsLongAsTheProfileHasThem() {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into audience (merchant_id, customer_id, profile_version, tags) values (?, 1, 1, '{a,b,b}')",
                    merchant);
            handle.execute("update audience set tags = '{b,c}' where merchant_id = ?", merchant);
            handle.execute("update audience set monetary = 7 where merchant_id = ?", merchant);
        });

        assertThat(texts("select tag from audience_tag where merchant_id = :m order by tag"))
                .containsExactly("b", "c");
    }

    private long message() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step,
                          channel, state, planned_at, updated_at)
                        values (:m, 1, 1, 1, 1, 'x', 0, 'email', 'sent', now(), now()) returning id""").bind("m", merchant).mapTo(Long.class).one());
    }

    private OrderChanged order(long version, long amount) {
        return new OrderChanged(
                merchant,
                1,
                version,
                "T1",
                1,
                OrderChanged.Status.PAID,
                AT,
                "CNY",
                "shop",
                false,
                List.of(
                        new OrderChanged.Line(1, "WIPES", "wipes", "baby", 1, amount, 1, amount / 3),
                        new OrderChanged.Line(2, "WIPES", "wipes", "baby", 1, amount, 1, amount - amount / 3)),
                List.of(),
                false);
    }

    private List<String> texts(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", merchant).mapTo(String.class).list());
    }
}
