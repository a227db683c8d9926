package io.regulars.campaign.edge;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.regulars.embedded.TestTopics;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.RepurchaseWindow;
import io.regulars.events.ScoreChanged.Step;

/// A shop as the other services tell of it; its customers allow every channel unless said otherwise.
record TestShop(int merchant, Clock clock) {

    static final String NAME = "暖阳母婴";
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    void open() {
        TestTopics.publish(new MerchantChanged(merchant, 1, NAME, "Asia/Shanghai", "CNY", "zh-CN", List.of()));
    }

    String phone(long customer) {
        return "+861%05d%05d".formatted(merchant, customer);
    }

    String email(long customer) {
        return "u" + customer + "@shop" + merchant + ".example";
    }

    CustomerChanged customer(long id, long version, String name, Map<Channel, Boolean> consents, boolean erased) {
        var given = new EnumMap<Channel, CustomerChanged.Consent>(Channel.class);
        consents.forEach(
                (channel, granted) -> given.put(channel, new CustomerChanged.Consent(granted, LONG_AGO, "api")));
        return new CustomerChanged(
                merchant,
                id,
                version,
                "u" + id,
                LONG_AGO,
                name,
                "female",
                LocalDate.of(1992, 2, 29),
                "浙江",
                "杭州",
                "zh-CN",
                null,
                phone(id),
                email(id),
                Map.of(),
                List.of("baby"),
                Map.of(),
                null,
                List.of(),
                given,
                "tok-" + merchant + "-" + id,
                erased);
    }

    void joins(long id) {
        joins(id, "张小雨");
    }

    void joins(long id, String name) {
        TestTopics.publish(
                customer(id, 1, name, Map.of(Channel.SMS, true, Channel.EMAIL, true, Channel.INBOX, true), false));
    }

    void withdraws(long id, Channel channel) {
        var consents =
                new EnumMap<Channel, Boolean>(Map.of(Channel.SMS, true, Channel.EMAIL, true, Channel.INBOX, true));
        consents.put(channel, false);
        TestTopics.publish(customer(id, 2, "张小雨", consents, false));
    }

    ScoreChanged score(long id, long version, Step tier, Step stage, List<RepurchaseWindow> windows, boolean backfill) {
        Instant now = clock.instant();
        return new ScoreChanged(
                merchant,
                id,
                version,
                now,
                1,
                3,
                59_900,
                LocalDate.of(2026, 3, 1),
                tier,
                new Step("111", -1, null, -1, now, 1, "test", false),
                stage,
                windows,
                backfill);
    }

    Step tier(String key, int rank, String previous, int previousRank, long seq) {
        return new Step(key, rank, previous, previousRank, clock.instant(), seq, "test", false);
    }

    Step stage(String key, String previous, long seq) {
        return new Step(key, -1, previous, -1, clock.instant(), seq, "test", false);
    }

    /// The first score: of the tier `ordinary`, growing.
    void isOrdinary(long id) {
        TestTopics.publish(score(id, 1, tier("ordinary", 1, null, -1, 1), stage("growing", null, 1), List.of(), false));
    }

    ScoreChanged vip(long id) {
        return score(id, 2, tier("vip", 3, "ordinary", 1, 2), stage("growing", null, 1), List.of(), false);
    }

    void becomesVip(long id) {
        TestTopics.publish(vip(id));
    }

    void fallsAsleep(long id) {
        TestTopics.publish(
                score(id, 2, tier("ordinary", 1, null, -1, 1), stage("sleeping", "growing", 2), List.of(), false));
    }

    void runsOutOf(long id, String product, long order) {
        Instant now = clock.instant();
        var window = new RepurchaseWindow(
                product, "婴儿湿巾", order, now, now.plusSeconds(3 * 86_400), now.plusSeconds(5 * 86_400), "lasts");
        TestTopics.publish(
                score(id, 2, tier("vip", 3, null, -1, 1), stage("growing", null, 1), List.of(window), false));
    }

    OrderChanged order(long customer, long id, long version, String... codes) {
        return new OrderChanged(
                merchant,
                id,
                version,
                "T" + id,
                customer,
                OrderChanged.Status.PAID,
                clock.instant(),
                "CNY",
                "shop",
                false,
                List.of(new OrderChanged.Line(1, "WIPES-80", "婴儿湿巾", "湿巾", 2, 3980, 2, 3980)),
                List.of(codes),
                false);
    }
}
