package io.regulars.campaign.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.link.LinkTokens;
import io.regulars.campaign.message.Aftermath;
import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.message.NumberedLinks;
import org.jdbi.v3.core.Jdbi;

/// Keeps who fetched links and pictures, and judges a little later who that was: a person's first open and
/// first click move the message.
@ApplicationScoped
class Hits {

    private static final int MOST = 500;

    /// How often, and of how many messages.
    record Count(long hits, long messages) {}

    /// At most 200 for a message: whoever fetches a link again and again fills no table.
    private static final String ADD = """
            insert into hit (merchant_id, customer_id, message_id, campaign_id, kind, link, at, agent)
            select m.merchant_id, m.customer_id, m.id, m.campaign_id, :kind, :link, :now, :agent
            from message m
            where m.merchant_id = :merchant and m.customer_id = :customer and m.id = :message
              and (select count(*) from (
                select from hit h where h.merchant_id = m.merchant_id and h.customer_id = m.customer_id
                  and h.message_id = m.id limit 200) as kept) < 200
            """;

    private static final String SENT_BY = """
            select campaign_id, revision, step from message
            where merchant_id = :merchant and customer_id = :customer and id = :message
            """;

    private static final String JUDGE = """
            with open as (
              select * from hit where judged is null and at <= :until order by at limit :limit for update skip locked
            ), judged as (
              update hit h set judged = case
                when o.agent <> 'person' then o.agent
                when o.at < m.sent_at + :fastest * interval '1 millisecond' then 'bot'
                when o.kind = 'click' and (
                  select count(distinct n.link) from hit n
                  where n.merchant_id = o.merchant_id and n.customer_id = o.customer_id and n.message_id = o.message_id
                    and n.kind = 'click'
                    and n.at between o.at - :burst * interval '1 millisecond'
                      and o.at + :burst * interval '1 millisecond') >= :links then 'bot'
                else 'person' end
              from open o
              join message m
                on m.merchant_id = o.merchant_id and m.customer_id = o.customer_id and m.id = o.message_id
              where h.merchant_id = o.merchant_id and h.customer_id = o.customer_id and h.message_id = o.message_id
                and h.id = o.id
              returning h.*
            )
            select j.merchant_id, j.customer_id, j.message_id, j.kind, min(j.at) as at, (select count(*) from open) as looked
            from judged j
            where j.judged = 'person' and not exists (
              select from hit p
              where p.merchant_id = j.merchant_id and p.customer_id = j.customer_id and p.message_id = j.message_id
                and p.kind = j.kind and p.judged = 'person')
            group by j.merchant_id, j.customer_id, j.message_id, j.kind
            """;

    private static final String COUNTS = """
            select kind, coalesce(judged, 'unjudged') as who, count(*) as hits, count(distinct message_id) as messages
            from hit
            where merchant_id = :merchant and (:campaign::bigint is null or campaign_id = :campaign)
            group by 1, 2 order by 1, 2
            """;

    private static final String FORGET = """
            delete from hit h
            using (
              select merchant_id, customer_id, message_id, id from hit where at < :before
              order by at limit :limit for update skip locked) as old
            where h.merchant_id = old.merchant_id and h.customer_id = old.customer_id
              and h.message_id = old.message_id and h.id = old.id
            """;

    private static final int MOST_FORGOTTEN = 5_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final TrackingConfig config;
    private final Plans plans;
    private final Aftermath aftermath;

    Hits(Jdbi jdbi, Clock clock, TrackingConfig config, Plans plans, Aftermath aftermath) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.plans = plans;
        this.aftermath = aftermath;
    }

    @Transactional
    void opened(LinkTokens.Ref ref, Agent agent) {
        add(ref, "open", null, agent);
    }

    /// Where the link leads: what the template said that the message was written by, and nowhere else.
    @Transactional
    Optional<String> clicked(LinkTokens.Ref ref, Agent agent) {
        Optional<String> url = url(ref);
        url.ifPresent(known -> add(ref, "click", ref.link(), agent));
        return url;
    }

    private Optional<String> url(LinkTokens.Ref ref) {
        return jdbi.withHandle(handle -> handle.createQuery(SENT_BY)
                        .bind("merchant", ref.merchantId())
                        .bind("customer", ref.customerId())
                        .bind("message", ref.messageId())
                        .map((row, context) -> Map.entry(
                                new Plan.Key(ref.merchantId(), row.getLong("campaign_id"), row.getInt("revision")),
                                row.getInt("step")))
                        .findOne())
                .flatMap(sent -> Optional.ofNullable(
                                plans.load(List.of(sent.getKey())).get(sent.getKey()))
                        .map(plan -> plan.definition().steps().get(sent.getValue())))
                .map(Hits::urls)
                .filter(urls -> ref.link() < urls.size())
                .map(urls -> urls.get(ref.link()));
    }

    private static List<String> urls(Step step) {
        return step instanceof Step.Send send ? NumberedLinks.urls(send) : List.of();
    }

    private void add(LinkTokens.Ref ref, String kind, Integer link, Agent agent) {
        jdbi.useHandle(handle -> handle.createUpdate(ADD)
                .bind("merchant", ref.merchantId())
                .bind("customer", ref.customerId())
                .bind("message", ref.messageId())
                .bind("kind", kind)
                .bind("link", link)
                .bind("now", clock.instant())
                .bind("agent", agent.json())
                .execute());
    }

    /// @return whether there may be more
    @Transactional(Transactional.TxType.MANDATORY)
    boolean judge() {
        Instant until = clock.instant().minus(config.judgeAfter());
        long[] looked = {0};
        List<Aftermath.Fact> facts = jdbi.withHandle(handle -> handle.createQuery(JUDGE)
                .bind("until", until)
                .bind("limit", MOST)
                .bind("fastest", config.fastest().toMillis())
                .bind("burst", config.judgeAfter().toMillis())
                .bind("links", config.links())
                .map((row, context) -> {
                    looked[0] = row.getLong("looked");
                    return new Aftermath.Fact(
                            new MessageKey(
                                    row.getInt("merchant_id"), row.getLong("customer_id"), row.getLong("message_id")),
                            "open".equals(row.getString("kind")) ? "opened" : "clicked",
                            null,
                            row.getTimestamp("at").toInstant());
                })
                .list());
        aftermath.note(facts);
        return looked[0] == MOST;
    }

    /// @return whether there may be more
    @Transactional(Transactional.TxType.MANDATORY)
    boolean forget() {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                        .bind("before", clock.instant().minus(config.kept()))
                        .bind("limit", MOST_FORGOTTEN)
                        .execute())
                == MOST_FORGOTTEN;
    }

    /// By kind (`open`, `click`) and by whom (`person`, `proxy`, `bot`, `unjudged`).
    ///
    /// @param campaign null for all
    Map<String, Map<String, Count>> counts(int merchant, Long campaign) {
        Map<String, Map<String, Count>> counts = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(COUNTS)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .map((row, context) -> counts.computeIfAbsent(row.getString("kind"), kind -> new TreeMap<>())
                        .put(row.getString("who"), new Count(row.getLong("hits"), row.getLong("messages"))))
                .list());
        return counts;
    }
}
