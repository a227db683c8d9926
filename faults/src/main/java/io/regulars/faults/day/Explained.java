package io.regulars.faults.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Api.Request;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Shop;

/// Whether every message of the year has a whole trace, and none of marketing broke consent, quiet hours or
/// caps: by the claims in the messages' own trails, with rules of its own.
final class Explained {

    private static final int CLIENTS = 4;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime FROM = LocalTime.of(22, 0);
    private static final LocalTime TO = LocalTime.of(8, 0);
    private static final Duration WEEK = Duration.ofDays(7);

    private record Claim(String customer, String channel, Instant at) {}

    private static final String MESSAGES = "select id from message where merchant_id = ? order by id";

    /// The last claim of what went, or may have gone.
    private static final String CLAIMS = """
            select a.external_id, m.channel, t.at from message m
            join audience a on a.merchant_id = m.merchant_id and a.customer_id = m.customer_id
            join campaign c on c.merchant_id = m.merchant_id and c.id = m.campaign_id
            cross join lateral (select max((p.entry ->> 'at')::timestamptz) as at
              from jsonb_array_elements(m.trail) as p (entry) where p.entry ->> 'state' = 'claimed') t
            where m.merchant_id = ? and t.at is not null
              and m.state in ('claimed', 'transmitting', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'uncertain')
              and coalesce(c.definition ->> 'class', 'marketing') = 'marketing'
            order by t.at
            """;

    private final Rig rig;
    private final Shop shop;
    private final Life life;
    private final List<Violation> violations = new ArrayList<>();

    Explained(Rig rig, Shop shop, Life life) {
        this.rig = rig;
        this.shop = shop;
        this.life = life;
    }

    List<Violation> judge() {
        List<Long> ids = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        try (var databases = rig.databases()) {
            databases.campaign().rows(MESSAGES, shop.merchantId()).forEach(row -> ids.add(row.number("id")));
            databases
                    .campaign()
                    .rows(CLAIMS, shop.merchantId())
                    .forEach(row ->
                            claims.add(new Claim(row.text("external_id"), row.text("channel"), row.instant("at"))));
        }
        consent(claims);
        quietHours(claims);
        cap(claims, "sms", 2);
        cap(claims, null, 6);
        traces(ids);
        return violations;
    }

    private void consent(List<Claim> claims) {
        claims.forEach(claim -> {
            Instant known = life.withdrawn().get(claim.customer() + "/" + claim.channel());
            if (known != null && claim.at().isAfter(known)) {
                violations.add(new Violation("I6", "claimed after consent was withdrawn", claim + ", known " + known));
            }
        });
    }

    private void quietHours(List<Claim> claims) {
        claims.stream().filter(claim -> claim.channel().equals("sms")).forEach(claim -> {
            LocalTime wall = LocalTime.ofInstant(claim.at(), ZONE);
            if (!wall.isBefore(FROM) || wall.isBefore(TO)) {
                violations.add(new Violation("I7", "claimed in quiet hours", claim.toString()));
            }
        });
    }

    /// @param channel null for all together
    private void cap(List<Claim> claims, String channel, int most) {
        Map<String, List<Instant>> byCustomer = new HashMap<>();
        claims.stream()
                .filter(claim -> channel == null || channel.equals(claim.channel()))
                .forEach(claim -> byCustomer
                        .computeIfAbsent(claim.customer(), key -> new ArrayList<>())
                        .add(claim.at()));
        byCustomer.forEach((customer, at) -> {
            for (var i = most; i < at.size(); i++) {
                if (at.get(i).isBefore(at.get(i - most).plus(WEEK))) {
                    violations.add(new Violation(
                            "I8", "more messages than the cap allows", customer + " " + at.subList(i - most, i + 1)));
                }
            }
        });
    }

    private void traces(List<Long> ids) {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var asked = ids.stream()
                    .map(id -> clients.submit(() -> lacks(shop.owner().done(trace(id)))))
                    .toList();
            for (var i = 0; i < asked.size(); i++) {
                String lacks = asked.get(i).get();
                if (lacks != null) {
                    violations.add(
                            new Violation("trace", "a message is not explained: " + lacks, "message " + ids.get(i)));
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("traces could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The log keeps no answers: there are many.
    private static Request trace(long id) {
        var path = "/api/campaign/v1/messages/msg_" + Long.toString(id, 36) + "/trace";
        return new Request("read", "trace", null, "GET", path, null, false);
    }

    /// Null where it tells everything.
    private static String lacks(JsonNode trace) {
        String state = trace.path("message").path("state").asText();
        boolean went =
                List.of("sent", "delivered", "opened", "clicked", "bounced").contains(state);
        JsonNode decisions = trace.path("decisions");
        JsonNode last = decisions.path(decisions.size() - 1);
        if (trace.path("cause").path("type").asText().isEmpty()) {
            return "no cause";
        }
        if (trace.path("cause").path("happened").isEmpty()
                && !trace.path("cause").path("type").asText().equals("coupon")) {
            return "no instant of its cause " + trace.path("cause");
        }
        if (trace.path("enrolment").path("enrolledAt").isMissingNode()) {
            return "no enrolment";
        }
        if (trace.path("steps").findValuesAsText("place").stream().noneMatch("this message"::equals)) {
            return "no step";
        }
        if (went && !last.path("verdict").asText().equals("goes")) {
            return state + " without a decision";
        }
        if (went
                && !trace.path("message").path("channel").asText().equals("inbox")
                && !trace.path("provider").path("answer").asText().equals("sent")) {
            return state + " without a provider's answer";
        }
        if (List.of("held", "skipped").contains(state)
                && last.path("guardrail").asText().isEmpty()) {
            return state + " without a guardrail";
        }
        return null;
    }
}
