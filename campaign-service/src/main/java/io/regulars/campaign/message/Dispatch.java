package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.channel.SmsGateway;
import io.regulars.campaign.channel.Smtp;
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
    private final List<Loop> senders = new ArrayList<>();
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
        this.email = new Sender(
                Channel.EMAIL, config.emailConcurrency(), content -> smtp.send(content.email()), hands, this::write);
        this.sms = new Sender(
                Channel.SMS, config.smsConcurrency(), content -> gateway.send(content.sms()), hands, this::write);
        this.inbox = inbox;
        this.results = results;
        this.recovery = recovery;
    }

    void start(@Observes StartupEvent event) {
        writer = Loop.start("message-results", config.poll(), results::write);
        senders.add(Loop.start("message-email", config.poll(), email::once));
        senders.add(Loop.start("message-sms", config.poll(), sms::once));
        senders.add(Loop.start("message-inbox", config.poll(), inbox::once));
        senders.add(Loop.start("message-recovery", config.poll().multipliedBy(4), recovery::once));
    }

    void stop(@Observes ShutdownEvent event) {
        senders.forEach(Loop::close);
        email.awaitIdle();
        sms.awaitIdle();
        writer.close();
    }

    /// There are messages that are due.
    void wake() {
        senders.forEach(Loop::wake);
    }

    private void write() {
        writer.wake();
    }
}
