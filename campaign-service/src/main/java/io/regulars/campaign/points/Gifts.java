package io.regulars.campaign.points;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.CustomerKey;

/// Points that journeys give.
@ApplicationScoped
public class Gifts {

    /// @param reference once within the merchant: who comes by again gets nothing again
    /// @param reason null where there is none
    public record Gift(CustomerKey customer, String reference, long points, String reason) {}

    private final RuleBook rules;
    private final Ledger ledger;

    Gifts(RuleBook rules, Ledger ledger) {
        this.rules = rules;
        this.ledger = ledger;
    }

    /// In the caller's transaction. They expire by the shop's rules; where there are none they last.
    @Transactional(Transactional.TxType.MANDATORY)
    public void give(Collection<Gift> gifts, Instant now) {
        if (gifts.isEmpty()) {
            return;
        }
        Map<Integer, RuleBook.Kept> kept = rules.of(
                gifts.stream().map(gift -> gift.customer().merchantId()).collect(Collectors.toSet()));
        List<Posting> postings = gifts.stream()
                .map(gift -> {
                    RuleBook.Kept rule = kept.get(gift.customer().merchantId());
                    return new Posting(
                            gift.customer().merchantId(),
                            gift.customer().customerId(),
                            Posting.Kind.GRANTED,
                            "journey:" + gift.reference(),
                            gift.reason(),
                            gift.points(),
                            now,
                            rule == null ? null : rule.rules().expiry(now));
                })
                .toList();
        ledger.post(postings);
    }
}
