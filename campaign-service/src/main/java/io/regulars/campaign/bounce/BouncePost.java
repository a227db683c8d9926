package io.regulars.campaign.bounce;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import jakarta.transaction.Transactional;

import io.regulars.campaign.channel.Words;
import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.message.MessageList;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;

/// A message that a mail server posted.
@ApplicationScoped
class BouncePost {

    /// @param outcome `hard`, `soft`, `delivered`, `complaint`, or `ignored`
    /// @param messageId which it was about
    record Taken(String outcome, String messageId) {}

    private final Bounces bounces;

    BouncePost(Bounces bounces) {
        this.bounces = bounces;
    }

    /// 400 where it is no message.
    ///
    /// @param whose messages alone count; null for all merchants'
    @Transactional(Transactional.TxType.MANDATORY)
    Taken take(byte[] body, Integer whose) {
        MailReport report;
        try {
            report = ReportReader.read(body == null ? new byte[0] : body);
        } catch (MessagingException | IOException e) {
            throw Problems.badRequest("not a message: " + Words.of(e.getMessage()));
        }
        Optional<MessageKey> message = bounces.take(report, whose);
        return message.map(key -> new Taken(
                        report.kind().name().toLowerCase(Locale.ROOT), PublicId.format(MessageList.ID, key.id())))
                .orElseGet(() -> new Taken("ignored", null));
    }
}
