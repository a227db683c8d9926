package io.regulars.faults.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// When messages were claimed and put on the wire, by their own trail.
final class Claims {

    private static final String MESSAGES = """
            select m.id, m.customer_id, m.channel, m.state, m.trail, a.external_id, a.time_zone
            from message m join audience a using (merchant_id, customer_id)
            where m.merchant_id = ?
            """;

    /// @param last whether it is the last claim of its message
    record Claim(Sql.Row message, Instant at, boolean last) {

        String customer() {
            return message.text("external_id");
        }

        String channel() {
            return message.text("channel");
        }

        /// Whether it may have reached the customer.
        boolean reached() {
            return last && !List.of("planned", "held", "skipped", "failed").contains(message.text("state"));
        }
    }

    private Claims() {}

    static List<Claim> of(Evidence evidence, Shop shop) {
        var claims = new ArrayList<Claim>();
        for (var message : evidence.campaign().rows(MESSAGES, shop.merchantId())) {
            var own = new ArrayList<Instant>();
            for (var entry : Evidence.json(message.get("trail"))) {
                if (entry.path("state").asText().equals("claimed")) {
                    own.add(Instant.parse(entry.path("at").asText()));
                }
            }
            own.forEach(at -> claims.add(new Claim(message, at, at.equals(own.getLast()))));
        }
        return claims;
    }
}
