package io.regulars.local.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.embedded.Sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/// What campaign-service says that it did, against what arrived.
record Deliveries(TheSystem system, TestShop shop) {

    private static final Set<String> UNDER_WAY = Set.of("planned", "held", "claimed", "transmitting");

    /// What became of one channel's messages to a customer.
    ///
    /// @param sent the providers' names for those that were sent
    /// @param causes of all
    private record Said(List<String> sent, List<String> uncertain, List<String> causes) {}

    /// Whether nothing is on its way any more, and these many customers or more had a message.
    boolean over(int customers) {
        var told = new TreeSet<String>();
        for (var message : messages("")) {
            if (UNDER_WAY.contains(message.path("state").asText())) {
                return false;
            }
            told.add(message.path("customerId").asText());
        }
        return told.size() >= customers;
    }

    /// Each cause had one message on each channel. What was sent arrived once; what is uncertain at most once; what
    /// was skipped, since its cause was gone by then, never.
    ///
    /// @param steps that the customer rose. Those that follow each other while campaign-service is away may be told
    ///     as one: the last
    void assertOnce(String customer, int steps) {
        var sms = said(customer, "sms");
        var email = said(customer, "email");
        var inbox = said(customer, "inbox");

        assertReceived(
                "SMS to " + customer,
                sms,
                system.sms().receivedBy(shop.phone(customer)).stream()
                        .map(Sms::id)
                        .toList());
        assertReceived(
                "e-mail to " + customer,
                email,
                system.mail().receivedBy(shop.email(customer)).stream()
                        .map(mail -> mail.header("Message-ID"))
                        .toList());
        assertThat(shop.inbox(customer, 100)).as("inbox of %s", customer).hasSameSizeAs(inbox.sent());
        assertThat(inbox.uncertain()).isEmpty();
        assertThat(sms.causes()).as("causes for %s", customer).doesNotHaveDuplicates();
        assertThat(email.causes()).containsExactlyInAnyOrderElementsOf(sms.causes());
        assertThat(inbox.causes()).containsExactlyInAnyOrderElementsOf(sms.causes());
        assertThat(sms.causes()).hasSizeLessThanOrEqualTo(steps);
        assertThat(sms.causes().isEmpty()).isEqualTo(steps == 0);
    }

    private static void assertReceived(String what, Said said, List<String> received) {
        assertThat(received).as(what).doesNotHaveDuplicates().containsAll(said.sent());
        assertThat(received.size() - said.sent().size())
                .as("%s that may have been sent", what)
                .isLessThanOrEqualTo(said.uncertain().size());
    }

    private Said said(String customer, String channel) {
        var said = new Said(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var message : messages("&channel=" + channel + "&customer=ext:" + customer)) {
            said.causes().add(message.path("occurrence").asText());
            switch (message.path("state").asText()) {
                // of an SMS the provider's name stands before its own
                case "sent" ->
                    said.sent().add(message.path("providerId").asText().replaceFirst("^gateway:", ""));
                case "uncertain" -> said.uncertain().add(message.path("id").asText());
                case "skipped" -> assertThat(message.path("reason").asText()).startsWith("the cause is gone");
                default -> fail("neither sent nor uncertain nor skipped: %s", message);
            }
        }
        return said;
    }

    private JsonNode messages(String filter) {
        return shop.owner().get("/api/campaign/v1/messages?limit=1000" + filter).path("items");
    }
}
