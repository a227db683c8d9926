package io.regulars.campaign.bounce;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.mail.MessagingException;

import io.regulars.campaign.bounce.MailReport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportReaderTest {

    private static final String TOKEN = "abcdefghij0123456789klmnopqrs";

    /// After the example of RFC 3464, appendix E.1, with one of our messages in it.
    private static final String NOTIFICATION = """
            Date: Thu, 7 Jul 1994 17:16:05 -0400
            From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
            To: <bounce@regulars.example>
            Subject: Returned mail: Cannot send message for 5 days
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
              boundary="RAA14128.773615765/CS.UTK.EDU"

            --RAA14128.773615765/CS.UTK.EDU

            The original message was received at Sat, 2 Jul 1994 17:10:28 -0400

            --RAA14128.773615765/CS.UTK.EDU
            content-type: message/delivery-status

            Reporting-MTA: dns; cs.utk.edu

            Original-Recipient: rfc822;louisl@larry.slip.umd.edu
            Final-Recipient: rfc822;louisl@larry.slip.umd.edu
            Action: %s
            Status: %s
            Diagnostic-Code: smtp; 426 connection
              timed out
            Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

            --RAA14128.773615765/CS.UTK.EDU
            content-type: message/rfc822

            From: =?utf-8?B?5pqW6Ziz?= <no-reply@regulars.example>
            Message-ID:
              <0123456789abcdef.%s@regulars.example>
            Subject: hello

            Message-ID: <fake.00000000000000000000000@regulars.example>
            --RAA14128.773615765/CS.UTK.EDU--
            """;

    private static MailReport read(String text) throws Exception {
        return ReportReader.read(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, HARD",
        "failed, 5.2.1, HARD",
        "failed, 5.2.2, SOFT",
        "failed, 5.7.1, SOFT",
        "failed, 4.4.7, SOFT",
        "Failed, 5.1.10 (no such user), HARD",
        "delayed, 4.4.1, OTHER",
        "delivered, 2.1.5, DELIVERED",
        "relayed, 2.0.0, DELIVERED",
        "expanded, 2.0.0, OTHER",
    })
    void tellsWhetherTheAddressIsAtFault(String action, String status, Kind kind) throws Exception {
        MailReport report = read(NOTIFICATION.formatted(action, status, TOKEN));

        assertThat(report.kind()).isEqualTo(kind);
        assertThat(report.token()).isEqualTo(TOKEN);
        assertThat(report.recipients()).containsOnly("louisl@larry.slip.umd.edu");
        assertThat(report.reason()).endsWith("smtp; 426 connection timed out");
    }

    @Test
    void keepsNoAddressOfWhatTheServerSays() throws Exception {
        String told = NOTIFICATION
                .formatted("failed", "5.1.1", TOKEN)
                .replace("426 connection", "550 <louisl@larry.slip.umd.edu> unknown, connection");

        assertThat(read(told).reason()).isEqualTo("5.1.1 smtp; 550 <[address]> unknown, connection timed out");
    }

    @Test
    void knowsTheMessageByTheAddressItCameBackTo() throws Exception {
        String cut = NOTIFICATION
                .formatted("failed", "5.1.1", TOKEN)
                .replaceFirst(
                        "(?s)--RAA14128.773615765/CS.UTK.EDU\ncontent-type: message/rfc822.*",
                        "--RAA14128.773615765/CS.UTK.EDU--\n")
                .replace("<bounce@regulars.example>", "<bounce+" + TOKEN + "@regulars.example>");

        assertThat(read(cut).token()).isEqualTo(TOKEN);
    }

    /// After the example of RFC 5965, appendix B.1.
    @Test
    void readsAComplaint() throws Exception {
        MailReport report = read("""
                From: <abusedesk@example.com>
                To: <abuse@example.net>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report;
                     boundary="part1_13d.2e68ed54_boundary"

                --part1_13d.2e68ed54_boundary
                Content-Type: text/plain; charset="US-ASCII"

                This is an email abuse report.

                --part1_13d.2e68ed54_boundary
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: SomeGenerator/1.0
                Version: 1

                --part1_13d.2e68ed54_boundary
                Content-Type: message/rfc822
                Content-Disposition: inline

                From: <somespammer@example.net>
                Message-ID: <0123456789abcdef.%s@regulars.example>
                Subject: Earn money

                Spam
                --part1_13d.2e68ed54_boundary--
                """.formatted(TOKEN));

        assertThat(report).isEqualTo(new MailReport(Kind.COMPLAINT, TOKEN, List.of(), "abuse"));
    }

    @Test
    void takesAnAnswerOfSomebodyAwayForNothing() throws Exception {
        assertThat(read("To: <bounce+" + TOKEN + "@regulars.example>\nSubject: away\n\nback on Monday")
                        .kind())
                .isEqualTo(Kind.OTHER);
        assertThat(read("").kind()).isEqualTo(Kind.OTHER);
        assertThatThrownBy(() -> read("Content-Type: multipart/report\n\nno boundary"))
                .isInstanceOf(MessagingException.class);
    }
}
