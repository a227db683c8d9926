package io.regulars.campaign.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.campaign.CartTrigger;
import io.regulars.campaign.campaign.DayTrigger;
import io.regulars.campaign.campaign.EventTrigger;
import io.regulars.campaign.campaign.InteractionTrigger;
import io.regulars.campaign.campaign.OrderTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.sms.SmsConfig;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// What playbooks live on, and what of that a shop has.
@ApplicationScoped
class Needs {

    /// @param name `orders`, `scores`, `birthdays`, `carts` …
    /// @param present whether the shop has told any
    record Fact(String name, boolean present) {}

    /// @param configured whether the installation has a provider
    /// @param reachable customers with an address who agreed to it
    record ChannelNeed(String channel, boolean configured, long reachable) {}

    /// @param facts it begins with
    /// @param settings it uses, such as `points rules`
    /// @param missing all of these that the shop lacks, in words; empty where it can begin
    record Of(List<Fact> facts, List<Fact> settings, List<ChannelNeed> channels, List<String> missing) {}

    /// What there is of a shop, looked up once for all playbooks.
    record Facts(Map<String, Boolean> present, Map<String, ChannelNeed> channels) {}

    private static final String PRESENT = """
            select exists (select from order_state where merchant_id = :m) as orders,
              exists (select from order_state where merchant_id = :m and status in ('SHIPPED', 'DELIVERED', 'COMPLETED'))
                as "order statuses",
              exists (select from order_state where merchant_id = :m and status in ('REFUNDED', 'PART_REFUNDED'))
                as refunds,
              exists (select from audience where merchant_id = :m and score_version > 0) as scores,
              exists (select from audience where merchant_id = :m and class_steps is not null) as classes,
              exists (select from audience where merchant_id = :m and windows <> '[]') as "repurchase windows",
              exists (select from audience where merchant_id = :m and birthday is not null) as birthdays,
              exists (select from cart where merchant_id = :m) as carts,
              exists (select from occasion where merchant_id = :m and kind = 'did:product_reviewed') as reviews,
              exists (select from occasion where merchant_id = :m and kind = 'did:survey_answered') as surveys,
              exists (select from occasion where merchant_id = :m and kind = 'did:complained') as complaints,
              exists (select from occasion where merchant_id = :m and kind = 'did:inquired') as inquiries,
              exists (select from shop_event where merchant_id = :m) as events,
              exists (select from coupon_code where merchant_id = :m and valid_until is not null) as "codes that end",
              exists (select from point_rule where merchant_id = :m) as "points rules",
              exists (select from guardrail where merchant_id = :m) as guardrails
            """;

    private final Jdbi jdbi;
    private final Audiences audiences;
    private final SmsConfig sms;

    Needs(Jdbi jdbi, Audiences audiences, SmsConfig sms) {
        this.jdbi = jdbi;
        this.audiences = audiences;
        this.sms = sms;
    }

    Facts facts(int merchant) {
        Map<String, Boolean> present = jdbi.withHandle(handle -> handle.createQuery(PRESENT)
                .bind("m", merchant)
                .map((row, context) -> {
                    Map<String, Boolean> facts = new TreeMap<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        facts.put(row.getMetaData().getColumnLabel(i), row.getBoolean(i));
                    }
                    return facts;
                })
                .one());
        var count = audiences.count(merchant, Condition.EVERYONE);
        boolean gateway = sms.url().isPresent() || !sms.providers().isEmpty();
        return new Facts(
                present,
                Map.of(
                        "sms",
                        new ChannelNeed("sms", gateway, count.sms()),
                        "email",
                        new ChannelNeed("email", true, count.email()),
                        "inbox",
                        new ChannelNeed("inbox", true, count.inbox())));
    }

    Of of(Plan plan, Facts facts) {
        List<Fact> begins = named(facts(plan.definition().trigger()), facts);
        List<Fact> settings = named(settings(plan), facts);
        Set<Channel> sends = new LinkedHashSet<>();
        plan.definition().steps().stream()
                .filter(Step.Send.class::isInstance)
                .forEach(step -> sends.add(((Step.Send) step).channel()));
        List<ChannelNeed> channels = sends.stream()
                .map(channel -> facts.channels().get(ChannelNames.of(channel)))
                .toList();
        List<String> missing = new ArrayList<>();
        begins.stream().filter(one -> !one.present()).forEach(one -> missing.add("the shop has told no " + one.name()));
        settings.stream()
                .filter(one -> !one.present())
                .forEach(one -> missing.add("the shop has set no " + one.name()));
        channels.forEach(channel -> {
            if (!channel.configured()) {
                missing.add("no provider is configured for " + channel.channel());
            } else if (channel.reachable() == 0) {
                missing.add("no customer can be reached by " + channel.channel());
            }
        });
        return new Of(begins, settings, channels, missing);
    }

    private static List<Fact> named(List<String> names, Facts facts) {
        return names.stream()
                .map(name -> new Fact(name, facts.present().get(name)))
                .toList();
    }

    private static List<String> facts(Trigger trigger) {
        return switch (trigger) {
            case OrderTrigger order ->
                switch (order.passage()) {
                    case PAID -> List.of("orders");
                    case REFUNDED -> List.of("orders", "refunds");
                    case SHIPPED, DELIVERED, COMPLETED -> List.of("orders", "order statuses");
                };
            case CartTrigger _ -> List.of("carts");
            case InteractionTrigger did ->
                List.of(
                        switch (did.kind()) {
                            case REVIEWED -> "reviews";
                            case SURVEY_ANSWERED -> "surveys";
                            case COMPLAINED -> "complaints";
                            case INQUIRED -> "inquiries";
                        });
            case EventTrigger _ -> List.of("events");
            case DayTrigger.Birthday _ -> List.of("birthdays");
            case DayTrigger.Anniversary _ -> List.of("orders");
            case DayTrigger.CouponExpiring _ -> List.of("codes that end");
            case DayTrigger _, Trigger.Broadcast _ -> List.of();
            case Trigger.RepurchaseWindowOpened _ -> List.of("orders", "repurchase windows");
            case Trigger.ClassEntered _ -> List.of("orders", "classes");
            default -> List.of("orders", "scores");
        };
    }

    private static List<String> settings(Plan plan) {
        boolean points = plan.definition().steps().stream().anyMatch(Step.GrantPoints.class::isInstance);
        return points ? List.of("guardrails", "points rules") : List.of("guardrails");
    }
}
