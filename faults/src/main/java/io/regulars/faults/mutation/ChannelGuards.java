package io.regulars.faults.mutation;

import java.util.List;

/// What providers and mail servers are believed, and what is believed of them.
final class ChannelGuards {

    static final List<Guard> ALL = List.of(
            channel(
                    "a-proxys-503",
                    "sms/HttpSms.java",
                    "Set.of(401, 403, 408, 429);",
                    "Set.of(401, 403, 408, 429, 503);",
                    "a text message that was taken before a proxy gave up is sent again by the next provider",
                    "ProvidersTest#knowsNothingAfterAnErrorOfAServerInBetween"),
            channel(
                    "uncertain-can-be-answered",
                    "message/Results.java",
                    ".filter(Transition::mayHaveGot)",
                    ".filter(transition -> false)",
                    "who replies STOP to a message that came all the same goes on getting them",
                    "ReceiptsTest#whoRepliesRToWhatIsUncertainIsFoundToo"),
            channel(
                    "bounce-names-its-address",
                    "bounce/Bounces.java",
                    "if (!about(report, address.get())) {",
                    "if (merchant != null && !about(report, address.get())) {",
                    "who knows a message's name has its customer's address taken off by a forged report",
                    "BouncesTest#aReportAboutSomebodyElseOrNobodyIsCountedAndNotBelieved"),
            channel(
                    "tls-where-we-log-in",
                    "channel/SmtpConfig.java",
                    "config.username().isPresent() ? REQUIRED : OPTIONAL",
                    "config.username().isEmpty() ? REQUIRED : OPTIONAL",
                    "who takes the relay's offer of TLS out of the stream reads the password",
                    "SmtpTest#logsInUnderTlsOnly"),
            channel(
                    "nothing-slipped-in-before-tls",
                    "channel/SmtpConnection.java",
                    "if (in.available() > 0) {",
                    "if (in.available() < 0) {",
                    "what was written in clear is not noticed",
                    "SmtpTest#believesNothingThatWasSlippedInBeforeTls"),
            channel(
                    "relay-is-who-it-says",
                    "channel/SmtpConnection.java",
                    "parameters.setEndpointIdentificationAlgorithm(\"HTTPS\");",
                    "",
                    "whoever holds any certificate reads the mail",
                    "SmtpTlsTest#believesNoCertificateOfAnotherHost"),
            channel(
                    "no-others-signature",
                    "message/Content.java",
                    "if (message.channel() == Channel.SMS && !SmsSignature.own(",
                    "if (message.channel() == Channel.EMAIL && !SmsSignature.own(",
                    "a customer's name can sign a text message for a bank",
                    "ContentTest#isNotSentWithAnothersSignature"));

    private ChannelGuards() {}

    private static Guard channel(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
