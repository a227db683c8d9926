package io.regulars.bench.send;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.CampaignDatabase;
import io.regulars.bench.shop.Club;
import io.regulars.bench.shop.Member;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;
import io.regulars.local.api.ApiClient;

/// A shop whose customers all said yes, and campaigns that write to each of them.
final class Broadcast {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String API = "/api/campaign/v1/";

    private final Report report;
    private final World world;
    private final Database database;
    private final ApiClient api;
    private final int merchant;
    private final String channel;
    private final Map<String, String> template;
    private double greatestMegabytes;

    private Broadcast(
            Report report,
            World world,
            Merchant merchant,
            ApiClient api,
            String channel,
            Map<String, String> template) {
        this.report = report;
        this.world = world;
        this.database = world.database("campaign");
        this.api = api;
        this.merchant = merchant.id();
        this.channel = channel;
        this.template = template;
    }

    /// @param customers who is written to in each turn
    static Broadcast prepare(
            Bench bench, Report report, World world, String channel, Map<String, String> template, int customers)
            throws Exception {
        var merchant = world.merchant(channel);
        var api = world.owner(channel);
        var broadcast = new Broadcast(report, world, merchant, api, channel, template);
        await(
                "the merchant is known",
                () -> broadcast.count("select count(*) from shop where merchant_id = ?", merchant.id()) == 1);
        var club = new Club(bench.seed(), customers, Instant.now());
        new CampaignDatabase(broadcast.database, merchant.id())
                .customers(() -> StreamSupport.stream(club.spliterator(), false)
                        .map(Member::consenting)
                        .iterator());
        broadcast.database.run("vacuum analyze");
        broadcast.guard();
        return broadcast;
    }

    /// All guardrails are on; the quiet hours are those when it is night on the other side of the earth.
    private void guard() {
        var night = LocalTime.now(ZoneId.of("Asia/Shanghai"))
                .truncatedTo(ChronoUnit.HOURS)
                .plusHours(11);
        api.put(
                API + "guardrails",
                Map.of(
                        "quietHours",
                                Map.of(
                                        "channels",
                                        List.of("sms", "email"),
                                        "from",
                                        night.toString(),
                                        "to",
                                        night.plusHours(2).toString()),
                        "caps",
                                List.of(
                                        Map.of("channel", "sms", "max", 2, "per", "P7D"),
                                        Map.of("channel", "email", "max", 3, "per", "P7D"),
                                        Map.of("channel", "all", "max", 10, "per", "P7D")),
                        "holdoutPercent", 0));
    }

    /// From the campaign's activation until each message is sent; what the sink has taken by then is checked.
    Sample run(int customers, LongSupplier atSink) throws Exception {
        var campaign = draft(customers);
        var before = atSink.getAsLong();
        var service = world.process("campaign");
        var meter = Meter.over(service, world.postgres());
        api.post(API + "campaigns/" + campaign + "/activate", Map.of());
        await("the sink has all", () -> atSink.getAsLong() - before >= customers);
        await(
                "all are sent",
                () -> count("select count(*) from message where merchant_id = ? and state <> 'sent'", merchant) == 0
                        && sent() == customers);
        var rate = customers / meter.elapsedSeconds();
        // Sending the events on is part of the work, and counts as processor time.
        await("the outbox is empty", () -> count("select count(*) from (select from outbox limit 1) o") == 0);
        var sample = meter.rate(customers, rate);
        greatestMegabytes = Math.max(greatestMegabytes, service.peakBytes() / 1e6);
        report.check(channel + ": messages sent", customers, sent());
        report.check(channel + ": messages at the sink", customers, atSink.getAsLong() - before);
        api.post(API + "campaigns/" + campaign + "/finish", Map.of());
        // The caps look back a week; each turn is the first of its week.
        database.run("truncate message, enrolment, fan_out");
        return sample;
    }

    /// The others are no customers any more.
    void leaveOnly(int customers) throws SQLException {
        database.run(
                "delete from audience where merchant_id = %d and customer_id > %d".formatted(merchant, customers),
                "vacuum analyze audience");
    }

    double greatestMegabytes() {
        return greatestMegabytes;
    }

    private String draft(int customers) {
        return api.post(
                        API + "campaigns",
                        Map.of(
                                "name",
                                "To " + customers,
                                "trigger",
                                Map.of("type", "broadcast"),
                                "holdoutPercent",
                                0,
                                "steps",
                                List.of(Map.of("type", "send", "channel", channel, "template", template))))
                .path("id")
                .asText();
    }

    private long sent() {
        return count("select count(*) from message where merchant_id = ? and state = 'sent'", merchant);
    }

    private long count(String sql, Object... parameters) {
        try {
            return database.number(sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, java.util.function.BooleanSupplier done) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
