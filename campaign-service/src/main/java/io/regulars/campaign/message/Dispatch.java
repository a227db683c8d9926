package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Smtp;
import io.regulars.campaign.sms.SmsGateway;
import io.regulars.campaign.work.Loop;
import io.regulars.events.Channel;

/// Runs the senders, one for each channel, so that a slow provider holds up nobody else's messages.
@ApplicationScoped
class Dispatch {

    private final MessageConfig config;
    private final Sender email;
    private final Sender sms;
    private final InboxSender inbox;
    private final Results results;
    private final Recovery recovery;
    private final Map<Channel, Loop> claimers = new ConcurrentHashMap<>();
    private final List<Loop> others = new ArrayList<>();
    private Loop writer;

    Dispatch(
            MessageConfig config,
            Smtp smtp,
            SmsGateway gateway,
            InboxSender inbox,
            DueMessages due,
            Transitions transitions,
            Contents contents,
            Results results,
            Retries retries,
            Recovery recovery) {
        var hands = new Sender.Hands(due, transitions, contents, results, retries);
        this.config = config;
        this.email = sender(
                Channel.EMAIL,
                config.emailConcurrency(),
                content -> smtp.send(content.email()),
                hands,
                () -> Integer.MAX_VALUE);
        this.sms = sender(
                Channel.SMS, config.smsConcurrency(), content -> gateway.send(content.sms()), hands, gateway::room);
        this.inbox = inbox;
        this.results = results;
        this.recovery = recovery;
    }

    private Sender sender(
            Channel channel, int connections, Function<Content, Outcome> wire, Sender.Hands hands, IntSupplier room) {
        var bounds = new Sender.Bounds(
                connections, connections * config.ahead(), config.lease().dividedBy(3));
        return new Sender(channel, bounds, wire, hands, this::write, room);
    }

    void start(@Observes StartupEvent event) {
        writer = Loop.start("message-results", config.poll(), results::write);
        claimers.put(Channel.EMAIL, Loop.start("message-email", config.poll(), email::claim));
        claimers.put(Channel.SMS, Loop.start("message-sms", config.poll(), sms::claim));
        claimers.put(Channel.INBOX, Loop.start("message-inbox", config.poll(), inbox::once));
        others.add(Loop.start("message-email-wire", config.poll(), email::transmit));
        others.add(Loop.start("message-sms-wire", config.poll(), sms::transmit));
        others.add(Loop.start("message-recovery", config.poll().multipliedBy(4), recovery::once));
    }

    void stop(@Observes ShutdownEvent event) {
        claimers.values().forEach(Loop::close);
        others.forEach(Loop::close);
        email.awaitIdle();
        sms.awaitIdle();
        writer.close();
    }

    /// There are messages of these channels that are due.
    void wake(Set<Channel> channels) {
        channels.stream().map(claimers::get).filter(Objects::nonNull).forEach(Loop::wake);
    }

    private void write() {
        writer.wake();
    }
}
