package io.regulars.local.command;

import java.net.URI;

import io.regulars.local.home.PortPlan;
import io.regulars.local.home.Shop;

/// What a newcomer needs to look around.
final class Summary {

    private Summary() {}

    static void addresses(Terminal terminal, PortPlan ports) {
        var url = ports.publicUrl();
        terminal.say("""

                Regulars runs at %1$s
                  API pages     %1$s/api/customer/docs  %1$s/api/scoring/docs  %1$s/api/campaign/docs
                  sandboxes     %1$s/sandbox/mail  %1$s/sandbox/sms
                  PostgreSQL    postgresql://postgres@localhost:%2$d/customer (and scoring, campaign)
                  Kafka         localhost:%3$d""".formatted(url, ports.postgres(), ports.kafka()));
    }

    static void credentials(Terminal terminal, URI gateway, Shop shop) {
        terminal.say("""
                %s shop
                login         %s, password %s
                API client    %s, secret %s
                a token       curl -u '%4$s:%5$s' -d grant_type=client_credentials %6$s/api/customer/oauth/token""".formatted(
                        shop.name(),
                        shop.ownerEmail(),
                        shop.ownerPassword(),
                        shop.clientId(),
                        shop.clientSecret(),
                        gateway)
                .indent(2)
                .stripTrailing());
    }
}
