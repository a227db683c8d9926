package io.regulars.campaign.playbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// A ready-made campaign: its texts in Chinese and English, its trigger, its coupon.
final class Playbook {

    static final List<Playbook> ALL = Stream.of(
                    "welcome",
                    "high-frequency-offer",
                    "low-frequency-activation",
                    "one-time-activation",
                    "vip-benefits",
                    "sleeping-wake-up",
                    "churn-retention",
                    "repurchase-reminder",
                    "birthday",
                    "holiday",
                    "cart",
                    "shipped-notice",
                    "after-sale",
                    "tier-change-notice",
                    "review-request",
                    "unhappy-follow-up",
                    "complaint-callback",
                    "cross-sell",
                    "thank-you-large-order",
                    "coupon-reminder",
                    "lasting-vip-rights",
                    "limited-threshold-offer",
                    "free-shipping-bundle",
                    "points-gift")
            .map(Playbook::read)
            .toList();

    private final JsonNode node;

    private Playbook(JsonNode node) {
        this.node = node;
    }

    static Optional<Playbook> named(String id) {
        return ALL.stream().filter(playbook -> playbook.id().equals(id)).findFirst();
    }

    String id() {
        return node.path("id").asText();
    }

    JsonNode trigger() {
        return node.path("trigger");
    }

    String name(boolean chinese) {
        return texts(chinese).path("name").asText();
    }

    String about(boolean chinese) {
        return texts(chinese).path("about").asText();
    }

    JsonNode template(boolean chinese, String channel) {
        return texts(chinese).path(channel);
    }

    /// The definition of the coupon it issues, where it issues one.
    Optional<JsonNode> coupon(boolean chinese) {
        JsonNode coupon = texts(chinese).path("coupon");
        return coupon.isObject() ? Optional.of(coupon) : Optional.empty();
    }

    /// How long it waits before it writes, where it does.
    Optional<String> waitsFor() {
        return Optional.ofNullable(node.path("wait").textValue());
    }

    /// Whether it is a notice of an order and no advertising.
    boolean isNotice() {
        return "transactional".equals(node.path("class").textValue());
    }

    /// What ends it, where something does before its steps.
    Optional<JsonNode> goal() {
        JsonNode goal = node.path("goal");
        return goal.isObject() ? Optional.of(goal) : Optional.empty();
    }

    /// Whether everybody is to have it, whatever the shop holds out else.
    boolean leavesNobodyOut() {
        return node.path("holdoutPercent").isInt()
                && node.path("holdoutPercent").intValue() == 0;
    }

    /// What staff are to do besides, where they are: title, note and time.
    Optional<JsonNode> task(boolean chinese) {
        JsonNode task = texts(chinese).path("task");
        return task.isObject() ? Optional.of(task) : Optional.empty();
    }

    /// The points it gives, where it does, and why.
    Optional<JsonNode> gift(boolean chinese) {
        JsonNode gift = texts(chinese).path("gift");
        return gift.isObject() ? Optional.of(gift) : Optional.empty();
    }

    private JsonNode texts(boolean chinese) {
        return node.path(chinese ? "zh" : "en");
    }

    private static Playbook read(String id) {
        try (InputStream file = Playbook.class.getResourceAsStream("/playbooks/" + id + ".json")) {
            return new Playbook(new JsonMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException("playbook " + id + " is unreadable", e);
        }
    }
}
