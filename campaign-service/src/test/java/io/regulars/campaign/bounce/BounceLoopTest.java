package io.regulars.campaign.bounce;

import java.nio.charset.StandardCharsets;

import jakarta.inject.Inject;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.channel.MailTls;
import io.regulars.campaign.link.LinkTokens;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class BounceLoopTest {

    private static final int MERCHANT = 1_430_001;
    private static final String USER = "bounces@regulars.example";

    private static final String MESSAGE = """
            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, planned_at, sent_at, updated_at)
            values (:m, 1, 1, 1, 1, 'o', 0, 'email', 'sent', now(), now(), now()) returning id
            """;

    private static final String REPORT = """
            To: <bounces@regulars.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; u1@shop.example
            Action: failed
            Status: 5.1.1

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <cause.%s@regulars.example>

            --b--
            """;

    @Inject
    Jdbi jdbi;

    @Inject
    Bounces bounces;

    @Inject
    BounceLoop loop;

    @Inject
    MailboxTurn turn;

    @Inject
    MailTls tls;

    @Inject
    LinkTokens tokens;

    @AfterEach
    void clear() {
        jdbi.useHandle(handle -> {
            handle.execute("update mailbox_turn set until = '-infinity'");
            for (String table : new String[] {"message", "audience", "suppression", "soft_bounce"}) {
                handle.execute("delete from " + table + " where merchant_id = ?", MERCHANT);
            }
        });
    }

    @Test
    void whatComesBackToTheMailboxCountsLikeWhatIsPosted() throws Exception {
        jdbi.useHandle(handle -> handle.execute(
                "insert into audience (merchant_id, customer_id, profile_version, email) values (?, 1, 1, 'u1@shop.example')",
                MERCHANT));
        long message = jdbi.withHandle(handle -> handle.createQuery(MESSAGE)
                .bind("m", MERCHANT)
                .mapTo(Long.class)
                .one());
        String token = tokens.write(LinkTokens.Kind.MAIL, new LinkTokens.Ref(MERCHANT, 1, message, 0));
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.setUser(USER, USER, "secret");
        server.start();
        try {
            server.getUserManager()
                    .getUser(USER)
                    .deliver(new MimeMessage(
                            (Session) null,
                            new java.io.ByteArrayInputStream(REPORT.formatted(token)
                                    .replace("\n", "\r\n")
                                    .getBytes(StandardCharsets.UTF_8))));
            var imap = TestImap.of(server.getImap().getPort(), USER, 10, null, BounceConfig.Tls.NONE);

            loop.read(new Mailbox(imap, tls, loop::take));
        } finally {
            server.stop();
        }

        assertThat(text("select state from message where merchant_id = :m")).isEqualTo("bounced");
        assertThat(text("select reason from suppression where merchant_id = :m"))
                .isEqualTo("hard-bounce");
    }

    @Test
    void whileAnotherReplicaReadsItThisOneDoesNot() {
        var unread = new Mailbox(TestImap.of(1, USER, 1, null, BounceConfig.Tls.NONE), tls, message -> true);

        assertThat(turn.take()).isTrue();
        assertThat(turn.take()).isFalse();
        assertThat(loop.read(unread)).isFalse();

        turn.end();
        assertThat(turn.take()).isTrue();
    }

    @Test
    void forgetsBouncesThatCountForNothing() {
        jdbi.useHandle(handle -> handle.execute("""
                insert into soft_bounce (merchant_id, address_hash, message_id, at)
                values (?, 'a', 1, now() - interval '31 days'), (?, 'a', 2, now() - interval '29 days')
                """, MERCHANT, MERCHANT));

        QuarkusTransaction.requiringNew().run(() -> bounces.forget());

        assertThat(text("select string_agg(message_id::text, ',') from soft_bounce where merchant_id = :m"))
                .isEqualTo("2");
    }

    private String text(String sql) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("m", MERCHANT).mapTo(String.class).one());
    }
}
