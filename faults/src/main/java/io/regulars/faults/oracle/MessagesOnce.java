package io.regulars.faults.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.regulars.embedded.Mail;
import io.regulars.embedded.Sms;
import io.regulars.faults.rig.Receipts;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// I5: sent means exactly one receipt, skipped means none, uncertain at most one; uncertain are only those that were
/// on the wire when the process died, or whose answer came too late; and who has gone through a campaign has a
/// message for each of its steps.
final class MessagesOnce implements Invariant {

    private static final Set<String> TAKEN = Set.of("sent", "delivered", "opened", "clicked", "bounced");
    private static final Set<String> WAITING = Set.of("planned", "held", "skipped", "failed");

    private static final Pattern UNANSWERED = Pattern.compile("timed out|no answer");

    private static final String MESSAGES = """
            select id, customer_id, campaign_id, occurrence, step, channel, state, reason,
              trail::text as trail,
              (select count(*) from inbox_message i where i.merchant_id = m.merchant_id and i.message_id = m.id) as in_inbox
            from message m where merchant_id = ?
            """;

    private static final String UNTOLD = """
            select e.id, e.campaign_id, e.customer_id, e.occurrence,
              (select count(*) from jsonb_array_elements(r.definition -> 'steps') s where s ->> 'type' = 'send') as sends,
              (select count(*) from message m where m.merchant_id = e.merchant_id and m.customer_id = e.customer_id
                and m.enrolment_id = e.id) as messages
            from enrolment e join campaign_revision r using (merchant_id, campaign_id, revision)
            where e.merchant_id = ? and e.state = 'finished'
            """;

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I5");
        var mails = count(evidence.mails(), Receipts::key);
        var texts = count(evidence.sms(), Sms::idempotencyKey);
        Stream.concat(mails.keySet().stream(), texts.keySet().stream())
                .filter(evidence.receivedBefore()::contains)
                .forEach(key -> finding.violated("a message came again long after it was received", key));
        for (var shop : evidence.shops()) {
            check(finding, evidence, shop, mails, texts);
        }
        return finding.violations();
    }

    private static void check(
            Finding finding, Evidence evidence, Shop shop, Map<String, Long> mails, Map<String, Long> texts) {
        var keys = new HashSet<String>();
        var unexplained = new ArrayList<String>();
        for (var message : evidence.campaign().rows(MESSAGES, shop.merchantId())) {
            var key = MessageKeys.of(shop.merchantId(), message);
            keys.add(key);
            var receipts = switch (message.text("channel")) {
                case "email" -> mails.getOrDefault(key, 0L);
                case "sms" -> texts.getOrDefault(key, 0L);
                default -> message.number("in_inbox");
            };
            judge(finding, shop, message, receipts);
            if (message.text("state").equals("uncertain")
                    && !evidence.inFlight().contains(message.number("id"))
                    && !UNANSWERED.matcher(message.text("trail")).find()) {
                unexplained.add(message.toString());
            }
        }
        finding.unless(
                unexplained.size() <= evidence.lostReceipts(),
                "messages are uncertain that were on no wire when the process died, and whose answers were neither lost nor late",
                shop.name() + " " + unexplained);
        stray(finding, shop, "e-mail", evidence.mails(), mails(shop), Mail::to, keys, Receipts::key);
        stray(finding, shop, "SMS", evidence.sms(), phones(shop), Sms::to, keys, Sms::idempotencyKey);
        for (var row : evidence.campaign().rows(UNTOLD, shop.merchantId())) {
            finding.unless(
                    row.number("sends") == row.number("messages"),
                    "a customer went through a campaign without its messages",
                    shop.name() + " " + row);
        }
    }

    private static void judge(Finding finding, Shop shop, Sql.Row message, long receipts) {
        var state = message.text("state");
        var about = shop.name() + " message " + message;
        if (TAKEN.contains(state)) {
            finding.unless(receipts == 1, "a message that is " + state + " has " + receipts + " receipts", about);
        } else if (WAITING.contains(state)) {
            finding.unless(receipts == 0, "a message that is " + state + " was received " + receipts + " times", about);
        } else if (state.equals("uncertain")) {
            finding.unless(receipts <= 1, "an uncertain message was received " + receipts + " times", about);
        } else {
            finding.violated("a message is still " + state + " when all is at rest", about);
        }
    }

    private static <T> void stray(
            Finding finding,
            Shop shop,
            String what,
            List<T> receipts,
            Set<String> addresses,
            Function<T, String> to,
            Set<String> keys,
            Function<T, String> key) {
        receipts.stream()
                .filter(receipt -> addresses.contains(to.apply(receipt)))
                .filter(receipt -> !keys.contains(key.apply(receipt)))
                .forEach(receipt -> finding.violated(
                        "an " + what + " belongs to no message", shop.name() + " " + key.apply(receipt)));
    }

    private static Set<String> mails(Shop shop) {
        return shop.customers().stream().map(shop::email).collect(Collectors.toSet());
    }

    private static Set<String> phones(Shop shop) {
        return shop.customers().stream().map(shop::phone).collect(Collectors.toSet());
    }

    private static <T> Map<String, Long> count(List<T> receipts, Function<T, String> key) {
        return receipts.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }
}
