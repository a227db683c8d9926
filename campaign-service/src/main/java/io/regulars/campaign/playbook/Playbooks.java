package io.regulars.campaign.playbook;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Campaign;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import org.jdbi.v3.core.Jdbi;

/// Switches playbooks on: makes the coupon where it needs one, the campaign, and activates it.
@ApplicationScoped
class Playbooks {

    /// @param fresh whether it was switched on by this call
    record SwitchedOn(Campaign campaign, boolean fresh) {}

    /// What a caller wants otherwise; null for the playbook's own.
    private record Wishes(
            String name,
            List<String> channels,
            String coupon,
            BigDecimal holdoutPercent,
            JsonNode audience,
            Boolean existing) {}

    /// Two calls at the same time switch on one campaign.
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(:merchant, hashtext(:playbook))";

    static final long UNSAVED_COUPON = 0;

    private final Jdbi jdbi;
    private final Shops shops;
    private final Coupons coupons;
    private final Campaigns campaigns;

    Playbooks(Jdbi jdbi, Shops shops, Coupons coupons, Campaigns campaigns) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.coupons = coupons;
        this.campaigns = campaigns;
    }

    /// A playbook that is on stays as it is.
    @Transactional
    SwitchedOn switchOn(int merchant, String actor, Playbook playbook, JsonNode body) {
        Wishes wishes = read(body);
        jdbi.useHandle(handle -> handle.createQuery(ONE_AT_A_TIME)
                .bind("merchant", merchant)
                .bind("playbook", playbook.id())
                .map((row, context) -> true)
                .one());
        var present = campaigns.ofPlaybook(merchant, playbook.id());
        if (present.isPresent()) {
            return new SwitchedOn(present.get(), false);
        }
        boolean chinese = shops.find(merchant).chinese();
        ObjectNode definition =
                definition(playbook, wishes, chinese, offer -> Coupons.publicId(coupons.create(merchant, offer).id));
        Campaign campaign = campaigns.create(merchant, actor, playbook.id(), definition);
        return new SwitchedOn(campaigns.activate(merchant, actor, Campaigns.publicId(campaign.id)), true);
    }

    /// The playbook as it is, before anybody switches it on: its coupon is named `0`.
    static ObjectNode definition(Playbook playbook, boolean chinese) {
        return definition(
                playbook,
                new Wishes(null, List.of(), null, null, null, null),
                chinese,
                _ -> Coupons.publicId(UNSAVED_COUPON));
    }

    /// @param coupon makes the coupon where the playbook has one, and gives its public id
    private static ObjectNode definition(
            Playbook playbook, Wishes wishes, boolean chinese, Function<JsonNode, String> coupon) {
        ObjectNode definition = JsonNodeFactory.instance
                .objectNode()
                .put("name", wishes.name() == null ? playbook.name(chinese) : wishes.name());
        definition.set("trigger", playbook.trigger());
        if (wishes.audience() != null) {
            definition.set("audience", wishes.audience());
        }
        if (playbook.isNotice()) {
            definition.put("class", "transactional");
        }
        ArrayNode steps = definition.putArray("steps");
        playbook.waitsFor()
                .ifPresent(duration -> steps.addObject().put("type", "wait").put("for", duration));
        playbook.gift(chinese)
                .ifPresent(gift -> steps.addObject().put("type", "grant-points").setAll((ObjectNode) gift.deepCopy()));
        playbook.coupon(chinese)
                .ifPresent(offer -> steps.addObject()
                        .put("type", "issue-coupon")
                        .put("coupon", wishes.coupon() == null ? coupon.apply(offer) : wishes.coupon()));
        for (String channel : wishes.channels().isEmpty() ? List.of("sms", "email", "inbox") : wishes.channels()) {
            steps.addObject()
                    .put("type", "send")
                    .put("channel", channel)
                    .set("template", playbook.template(chinese, channel));
        }
        playbook.task(chinese)
                .ifPresent(
                        task -> steps.addObject().put("type", "callback-task").setAll((ObjectNode) task.deepCopy()));
        playbook.goal().ifPresent(goal -> definition.set("goal", goal));
        if (wishes.holdoutPercent() != null) {
            definition.put("holdoutPercent", wishes.holdoutPercent());
        } else if (playbook.leavesNobodyOut()) {
            definition.put("holdoutPercent", 0);
        }
        if (wishes.existing() != null) {
            definition.put("includeExisting", wishes.existing());
        }
        return definition;
    }

    private static Wishes read(JsonNode body) {
        var faults = new Faults();
        Fields fields =
                Fields.of("", body == null || body.isNull() ? JsonNodeFactory.instance.objectNode() : body, faults);
        var wishes = new Wishes(
                fields.text("name", 200),
                fields.texts("channels", 10),
                fields.text("coupon", 30),
                fields.decimal("holdoutPercent"),
                fields.raw("audience"),
                fields.flag("includeExisting"));
        fields.done();
        wishes.channels().stream()
                .filter(channel -> !ChannelNames.ALL.contains(channel))
                .forEach(channel -> fields.fault(
                        "channels", "unknown \"" + channel + "\"; known are " + String.join(", ", ChannelNames.ALL)));
        if (wishes.channels().stream().distinct().count() < wishes.channels().size()) {
            fields.fault("channels", "must name each channel once");
        }
        faults.throwIfAny();
        return wishes;
    }
}
