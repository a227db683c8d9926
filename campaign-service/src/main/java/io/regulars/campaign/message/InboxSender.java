package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.inbox.Inbox;
import io.regulars.events.Channel;
import io.regulars.kit.fault.KillPoint;

/// Lays in-site messages into the inboxes: claimed, laid in and sent in one transaction, so nothing is ever
/// uncertain.
@ApplicationScoped
class InboxSender {

    private final DueMessages due;
    private final Contents contents;
    private final Transitions transitions;
    private final Results results;
    private final Inbox inbox;
    private final MessageConfig config;

    InboxSender(
            DueMessages due,
            Contents contents,
            Transitions transitions,
            Results results,
            Inbox inbox,
            MessageConfig config) {
        this.due = due;
        this.contents = contents;
        this.transitions = transitions;
        this.results = results;
        this.inbox = inbox;
        this.config = config;
    }

    /// @return whether there may be more to send at once
    boolean once() {
        return QuarkusTransaction.requiringNew().call(this::layIn);
    }

    private boolean layIn() {
        String claim = UUID.randomUUID().toString();
        DueMessages.Batch batch = due.claim(Channel.INBOX, config.inboxBatch(), claim);
        if (!batch.claimed().isEmpty()) {
            Contents.Filled filled = contents.fill(batch);
            transitions.apply(filled.skipped().values());
            List<Inbox.Letter> letters = new ArrayList<>();
            List<Results.Result> sent = new ArrayList<>();
            filled.contents().forEach((message, content) -> {
                letters.add(letter(message, content));
                sent.add(new Results.Result(message, Transition.sent(message.key(), claim, null), null, () -> {}));
            });
            inbox.deliver(letters);
            results.record(sent);
            KillPoint.INBOX_IN_TRANSACTION.reach();
        }
        return batch.looked() == config.inboxBatch();
    }

    private static Inbox.Letter letter(Claimed message, Content content) {
        return new Inbox.Letter(
                message.key().merchantId(),
                message.key().customerId(),
                message.key().id(),
                message.campaignId(),
                content.text().subject(),
                content.text().text(),
                content.text().html());
    }
}
