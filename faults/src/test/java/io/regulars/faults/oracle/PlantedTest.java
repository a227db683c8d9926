package io.regulars.faults.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regulars.embedded.Mail;
import io.regulars.faults.BrokenSystem;
import io.regulars.faults.rig.Databases;
import io.regulars.faults.rig.Operation;
import io.regulars.faults.rig.Topics;
import io.regulars.faults.workload.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// An oracle that finds nothing proves nothing: each invariant sees the violation that is planted for it.
class PlantedTest {

    private final BrokenSystem broken = BrokenSystem.get();
    private final List<Shop> shops = broken.outcome().shops();
    private Databases databases;
    private Evidence evidence;

    @BeforeEach
    void look() {
        databases = broken.rig().databases();
        databases.tryOut();
        evidence = Evidence.gather(broken.rig(), databases, shops);
    }

    @AfterEach
    void undo() {
        databases.undo();
        databases.close();
    }

    @Test
    void lostOrder() {
        var order = accepted("order");
        var merchant = merchant(order.shop());
        evidence.customer()
                .change(
                        "delete from order_line where merchant_id = ? and order_id ="
                                + " (select order_id from customer_order where merchant_id = ? and external_id = ?)",
                        merchant,
                        merchant,
                        order.thing());
        evidence.customer()
                .change(
                        "delete from customer_order where merchant_id = ? and external_id = ?",
                        merchant,
                        order.thing());

        sees(new OrdersOnce(), "there 0 times");
    }

    @Test
    void undoneOrder() {
        evidence.customer()
                .change("update customer_order set declared_status = 'CREATED' where merchant_id = ?", first());

        sees(new OrdersOnce(), "not as it was told last");
    }

    @Test
    void otherAnswerToTheSameKey() {
        var order = accepted("order");
        operations(all -> with(
                all,
                copy(order, "order", order.thing(), order.answeredAt(), JsonNodeFactory.instance.textNode("another"))));

        sees(new OrdersOnce(), "the same key was answered otherwise");
    }

    @Test
    void wrongFact() {
        evidence.scoring()
                .change(
                        "update history set amounts[1] = amounts[1] + 1 where merchant_id = ? and amounts <> '{}'",
                        first());

        sees(new FactsEqualOrders(), "purchase days of");
    }

    @Test
    void staleCopyOfAConsent() {
        evidence.campaign().change("update audience set sms_consent = null where merchant_id = ?", first());

        sees(new FactsEqualOrders(), "customers and consents in campaigns");
    }

    @Test
    void wrongScorecard() {
        evidence.scoring().change("update score set tier = 'vip', tier_rank = 4 where merchant_id = ?", first());

        sees(new ScorecardsFromScratch(), "not what the orders make");
    }

    @Test
    void gapInTheSteps() {
        evidence.scoring()
                .change("delete from score_step where merchant_id = ? and dimension = 'tier' and seq = 1", first());

        sees(new StepsNumbered(), "a step has no predecessor");
    }

    @Test
    void unpublishedScore() {
        var lost = evidence.scores().getFirst();
        evidence = evidence.withScores(
                evidence.scores().stream().filter(score -> !score.equals(lost)).toList());

        sees(new StepsNumbered(), "versions of a score are missing");
    }

    @Test
    void doubledMessage() {
        mails(all -> with(all, all.getLast()));

        sees(new MessagesOnce(), "has 2 receipts");
    }

    @Test
    void lostMessage() {
        mails(all -> all.subList(0, 0));

        sees(new MessagesOnce(), "has 0 receipts");
    }

    @Test
    void strayMessage() {
        evidence.campaign().change("delete from message where merchant_id = ? and channel = 'email'", first());

        sees(new MessagesOnce(), "belongs to no message");
    }

    @Test
    void uncertaintyWithoutACause() {
        evidence.campaign()
                .change(
                        "update message set state = 'uncertain', reason = 'planted'"
                                + " where merchant_id = ? and channel = 'inbox' and state = 'sent'",
                        first());

        sees(new MessagesOnce(), "on no wire when the process died");
    }

    @Test
    void messageAfterConsentWasWithdrawn() {
        var rest = evidence.rests().getFirst();
        var claim = Claims.of(evidence, shops.getFirst()).stream()
                .filter(one -> one.at().isAfter(rest))
                .findFirst()
                .orElseThrow();
        var any = accepted("order", shops.getFirst());
        operations(all ->
                with(all, copy(any, "consent", claim.customer() + "/" + claim.channel(), Instant.EPOCH, any.answer())));

        sees(new ConsentKept(), "claimed after consent was withdrawn");
    }

    @Test
    void messageInTheNight() {
        claimedAt(shops.getLast(), "2026-01-01T16:00:00Z");
        evidence.campaign()
                .change(
                        "update audience set time_zone = 'Asia/Shanghai' where merchant_id = ?",
                        shops.getLast().merchantId());

        sees(new QuietHoursKept(), "at 00:00 of the customer's day");
    }

    @Test
    void moreThanTheCap() {
        claimedAt(shops.getFirst(), "2026-01-01T04:00:00Z");

        sees(new CapsKept(), "more messages than the cap allows");
    }

    @Test
    void codeRedeemedTwice() {
        var redeemed = accepted("redeem");
        var other = JsonNodeFactory.instance.objectNode().put("orderId", "another");
        operations(all -> with(
                all,
                new Operation(
                        0,
                        "redeem",
                        redeemed.shop(),
                        redeemed.thing(),
                        "another",
                        redeemed.method(),
                        redeemed.path(),
                        other,
                        redeemed.sentAt(),
                        redeemed.answeredAt(),
                        1,
                        200,
                        redeemed.answer())));

        sees(new CouponsOnce(), "redeemed by several orders");
    }

    @Test
    void lostCode() {
        evidence.campaign()
                .change(
                        "delete from coupon_code where code = ?",
                        accepted("issue").answer().path("code").asText());

        sees(new CouponsOnce(), "a code that was handed out is not there");
    }

    @Test
    void rowOfAnotherMerchant() {
        evidence.campaign()
                .change(
                        "insert into purchase_order (merchant_id, customer_id, order_id, version)"
                                + " select ?, customer_id, order_id, version from purchase_order where merchant_id = ? limit 1",
                        first(),
                        shops.getLast().merchantId());

        sees(new MerchantsApart(), "another merchant's customer");
    }

    @Test
    void textOfAnotherMerchant() {
        mails(all -> {
            var mail = all.getFirst();
            return with(
                    all,
                    new Mail(
                            0,
                            mail.receivedAt(),
                            mail.from(),
                            mail.to(),
                            mail.subject(),
                            mail.headers(),
                            "somebody else's",
                            mail.html()));
        });

        sees(new MerchantsApart(), "an e-mail is another shop's");
    }

    @Test
    void causeThatNeverWas() {
        evidence.campaign().change("update enrolment set occurrence = 'tier:99' || id where occurrence like 'tier:%'");

        sees(new CausesOnce(), "enrolled for nothing that happened");
    }

    @Test
    void causeWithoutEffect() {
        evidence.campaign().change("delete from enrolment where merchant_id = ?", first());

        sees(new CausesOnce(), "a cause enrolled nobody");
    }

    @Test
    void messageThatNobodyFinishes() {
        databases.undo();
        var message = evidence.campaign()
                .number("select min(id) from message where merchant_id = ? and state = 'sent'", first());
        hold(message, "state = 'claimed', lease_until = now() + interval '1 hour'");
        try {
            assertThat(AtRest.judge(broken.rig(), Duration.ofSeconds(1), "planted"))
                    .extracting(Violation::evidence)
                    .singleElement()
                    .asString()
                    .contains("1 messages are in a worker's hands");
        } finally {
            hold(message, "state = 'sent', lease_until = null");
        }
        assertThat(AtRest.judge(broken.rig(), Duration.ofSeconds(30), "healed")).isEmpty();
    }

    @Test
    void recordsThatNobodyReads() {
        try (var topics = new Topics(broken.rig().kafka())) {
            assertThat(topics.lag("a-group-that-never-was", List.of("regulars.orders")))
                    .containsKey("regulars.orders");
            assertThat(topics.lag("scoring-service", List.of("regulars.orders")))
                    .isEmpty();
        }
    }

    private void hold(long message, String how) {
        evidence.campaign().change("update message set " + how + " where merchant_id = ? and id = ?", first(), message);
    }

    @Test
    void stateThatMoved() {
        var before = Fingerprint.of(broken.rig(), shops);
        var tables = new java.util.TreeMap<>(before.tables());
        tables.put("mail", List.of("one more"));

        assertThat(before.changesTo(new Fingerprint(tables), "nothing"))
                .extracting(Violation::invariant)
                .contains("I14");
        assertThat(before.changesTo(before, "nothing")).isEmpty();
    }

    private void sees(Invariant invariant, String what) {
        assertThat(invariant.check(evidence)).extracting(Violation::what).anyMatch(words -> words.contains(what));
    }

    /// All messages of a shop went out at one instant.
    private void claimedAt(Shop shop, String instant) {
        evidence.campaign()
                .change(
                        "update message set state = 'sent', reason = null, due_at = null, lease_until = null,"
                                + " trail = jsonb_build_array(jsonb_build_object('at', ?::text, 'state', 'claimed'))"
                                + " where merchant_id = ?",
                        instant,
                        shop.merchantId());
    }

    private void mails(UnaryOperator<List<Mail>> change) {
        evidence = evidence.withReceipts(change.apply(evidence.mails()), evidence.sms());
    }

    private void operations(UnaryOperator<List<Operation>> change) {
        evidence = evidence.withOperations(change.apply(evidence.operations()));
    }

    private static <T> List<T> with(List<T> all, T one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    private Operation accepted(String kind) {
        return shops.stream()
                .flatMap(shop -> evidence.operations(kind, shop).stream())
                .filter(Operation::accepted)
                .findFirst()
                .orElseThrow();
    }

    private Operation accepted(String kind, Shop shop) {
        return evidence.operations(kind, shop).stream()
                .filter(Operation::accepted)
                .findFirst()
                .orElseThrow();
    }

    private static Operation copy(
            Operation of,
            String kind,
            String thing,
            Instant answeredAt,
            com.fasterxml.jackson.databind.JsonNode answer) {
        return new Operation(
                0,
                kind,
                of.shop(),
                thing,
                of.key(),
                of.method(),
                of.path(),
                of.body(),
                of.sentAt(),
                answeredAt,
                1,
                of.status(),
                answer);
    }

    private int first() {
        return shops.getFirst().merchantId();
    }

    private int merchant(String shop) {
        return shops.stream()
                .filter(one -> one.name().equals(shop))
                .findFirst()
                .orElseThrow()
                .merchantId();
    }
}
