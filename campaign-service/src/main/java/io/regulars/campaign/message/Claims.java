package io.regulars.campaign.message;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;

/// The claims under way: which messages a worker took together, so that they are found when it is gone.
@ApplicationScoped
class Claims {

    private static final String BEGIN = """
            insert into claim (id, until, merchants, customers, messages)
            values (:claim, clock_timestamp() + :lease * interval '1 millisecond', :merchants, :customers, :messages)
            """;

    private static final String END = "delete from claim where id = any(:claims)";

    private final Jdbi jdbi;
    private final MessageConfig config;

    Claims(Jdbi jdbi, MessageConfig config) {
        this.jdbi = jdbi;
        this.config = config;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void begin(String claim, List<MessageKey> messages) {
        jdbi.useHandle(handle -> handle.createUpdate(BEGIN)
                .bind("claim", claim)
                .bind("lease", config.lease().toMillis())
                .bindArray(
                        "merchants",
                        Integer.class,
                        messages.stream().map(MessageKey::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        messages.stream().map(MessageKey::customerId).toList())
                .bindArray(
                        "messages",
                        Long.class,
                        messages.stream().map(MessageKey::id).toList())
                .execute());
    }

    /// All of their messages are decided.
    @Transactional(Transactional.TxType.MANDATORY)
    void end(Collection<String> claims) {
        if (!claims.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate(END)
                    .bindArray("claims", String.class, List.copyOf(claims))
                    .execute());
        }
    }
}
