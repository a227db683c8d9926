package io.regulars.campaign.bounce;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;

/// One replica at a time reads the mailbox. Two would do no harm, since what is told twice counts once;
/// this spares them the work.
@ApplicationScoped
class MailboxTurn {

    /// Longer than a poll takes.
    private static final String TAKE = """
            update mailbox_turn set holder = :holder, until = clock_timestamp() + interval '3 minutes'
            where until < clock_timestamp()
            """;

    private static final String END = "update mailbox_turn set until = '-infinity' where holder = :holder";

    private final Jdbi jdbi;
    private final String holder = UUID.randomUUID().toString();

    MailboxTurn(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @return whether it is this replica's
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean take() {
        return jdbi.withHandle(handle ->
                        handle.createUpdate(TAKE).bind("holder", holder).execute())
                > 0;
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void end() {
        jdbi.useHandle(handle -> handle.createUpdate(END).bind("holder", holder).execute());
    }
}
