package io.regulars.campaign.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.guardrail.Cap;
import io.regulars.campaign.guardrail.Guard;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.message.MessageList.Passage;
import io.regulars.campaign.message.MessageList.Row;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Each decision about a message, with how full the caps were. What counted then is read from the messages
/// as they are kept: one that gave its place back since is not among them.
@ApplicationScoped
class Figures {

    private record Counted(Channel channel, Instant at) {}

    private static final String COUNTED = """
            select channel, counted_at from message
            where merchant_id = :merchant and customer_id = :customer and counted_at > :since and counted_at <= :until
              and id <> :message
            order by counted_at limit 1000
            """;

    private final Jdbi jdbi;
    private final Guardrails guardrails;

    Figures(Jdbi jdbi, Guardrails guardrails) {
        this.jdbi = jdbi;
        this.guardrails = guardrails;
    }

    List<Trace.Decision> decisions(int merchant, Row message) {
        List<Passage> asked = message.trail().stream()
                .filter(passage -> verdict(passage) != null)
                .toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        Settings settings = guardrails.of(merchant);
        List<Cap> caps = settings.caps().stream()
                .filter(cap -> cap.counts(ChannelNames.parse(message.channel())))
                .toList();
        List<Counted> counted = caps.isEmpty() ? List.of() : counted(merchant, message, asked, settings.reach());
        return asked.stream().map(passage -> decision(passage, caps, counted)).toList();
    }

    private static Trace.Decision decision(Passage passage, List<Cap> caps, List<Counted> counted) {
        boolean goes = "claimed".equals(passage.state());
        Guard by = passage.reason() == null ? null : Guard.of(passage.reason());
        return new Trace.Decision(
                passage.at(),
                verdict(passage),
                goes || by == null ? null : by.name(),
                passage.reason(),
                passage.until(),
                caps.stream().map(cap -> figure(cap, passage.at(), counted)).toList());
    }

    private static Trace.CapFigure figure(Cap cap, Instant at, List<Counted> counted) {
        long count = counted.stream()
                .filter(one -> cap.counts(one.channel())
                        && !one.at().isAfter(at)
                        && one.at().plus(cap.per()).isAfter(at))
                .count();
        return new Trace.CapFigure(
                "%d %s per %s"
                        .formatted(
                                cap.max(),
                                cap.channel() == null ? "in all" : ChannelNames.of(cap.channel()),
                                cap.per()),
                count,
                cap.max());
    }

    private static String verdict(Passage passage) {
        return switch (passage.state()) {
            case "claimed" -> "goes";
            case "held", "skipped" -> passage.state();
            default -> null;
        };
    }

    private List<Counted> counted(int merchant, Row message, List<Passage> asked, Duration reach) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNTED)
                .bind("merchant", merchant)
                .bind("customer", message.customerId())
                .bind("message", message.id())
                .bind("since", asked.getFirst().at().minus(reach))
                .bind("until", asked.getLast().at())
                .map((row, context) -> new Counted(
                        ChannelNames.parse(row.getString(1)),
                        row.getTimestamp(2).toInstant()))
                .list());
    }
}
