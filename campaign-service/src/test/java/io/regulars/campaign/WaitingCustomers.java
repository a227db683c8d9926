package io.regulars.campaign;

import java.sql.SQLException;
import java.time.Instant;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.embedded.TableReads;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import static org.assertj.core.api.Assertions.assertThat;

/// Customers of one campaign, each with an enrolment and a message that wait; and what it reads to serve those few
/// whose time has come.
public final class WaitingCustomers {

    private static final int DUE = 5;

    /// More than the driver and the server need until they keep one plan for all values.
    private static final int ROUNDS = 15;

    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2126-01-01T00:00:00Z");
    private static final long FIRST_DUE = 1_000_000;

    private static final String CAMPAIGN = """
            insert into campaign (merchant_id, revision, name, state, salt, definition, created_by, created_at,
              updated_at, activated_at)
            values (:m, 1, 'n', 'active', 's', :d::jsonb, 'test', now(), now(), now())
            returning id
            """;

    private static final String REVISION =
            "insert into campaign_revision values (:m, :campaign, 1, :d::jsonb, now(), 'test')";

    private static final String DEFINITION = """
            {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "wait", "for": "P1D"},
             {"type": "send", "channel": "email", "template": {"subject": "s", "text": "t"}},
             {"type": "send", "channel": "email", "template": {"subject": "s", "text": "u"}}]}
            """;

    private static final String CUSTOMERS = """
            insert into audience (merchant_id, customer_id, profile_version, external_id, email, email_consent,
              unsubscribe_token)
            select :m, c, 1, 'u' || c, 'u' || c || '@example.com', true, 't' from generate_series(:first, :last) c
            """;

    private static final String ENROLMENTS = """
            with enrolled as (
              insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, step, due_at,
                enrolled_at, updated_at)
              select :m, c, :campaign, 1, 'broadcast', 'active', 1, :enrolmentDue, now(), now()
              from generate_series(:first, :last) c
              returning customer_id, id
            )
            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, due_at, planned_at, updated_at)
            select :m, customer_id, :campaign, 1, id, 'broadcast', 2, 'email', 'planned', :messageDue, now(), now()
            from enrolled
            """;

    private final Jdbi jdbi;
    private final int merchant;
    private final long campaign;

    /// What serves the due ones, in the caller's transaction.
    @FunctionalInterface
    public interface Work {

        /// @return how many it served
        int once();
    }

    public WaitingCustomers(Jdbi jdbi, int merchant) {
        this.jdbi = jdbi;
        this.merchant = merchant;
        this.campaign = jdbi.inTransaction(handle -> {
            handle.execute("insert into shop values (?, 1, 'Shop', 'Asia/Shanghai', 'CNY', 'zh-CN')", merchant);
            handle.execute("insert into guardrail values (?, 1, '{}', now(), 'test')", merchant);
            var id = handle.createQuery(CAMPAIGN)
                    .bind("m", merchant)
                    .bind("d", DEFINITION)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate(REVISION)
                    .bind("m", merchant)
                    .bind("campaign", id)
                    .bind("d", DEFINITION)
                    .execute();
            return id;
        });
    }

    /// None of them is due.
    public void fill(long first, long last) {
        jdbi.useTransaction(handle -> insert(handle, first, last, FUTURE, FUTURE));
        jdbi.useHandle(handle -> handle.execute("analyze audience, enrolment, message"));
    }

    public TableReads readForDueEnrolments(String first, Work work) throws SQLException {
        return read(first, PAST, FUTURE, work);
    }

    public TableReads readForDueMessages(String first, Work work) throws SQLException {
        return read(first, FUTURE, PAST, work);
    }

    /// Of customers whose messages are all due, so many that the work leaves most of them; undone as the others are.
    public TableReads readOfDueMessages(int customers, Work work) throws SQLException {
        QuarkusTransaction.begin();
        try {
            return jdbi.withHandle(handle -> {
                insert(handle, FIRST_DUE, FIRST_DUE + customers - 1, FUTURE, PAST);
                handle.execute("analyze audience, enrolment, message");
                var before = TableReads.soFar(handle.getConnection());
                assertThat(work.once()).isBetween(1, customers - 1);
                return TableReads.soFar(handle.getConnection()).since(before);
            });
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /// In a transaction that is undone: what is due within it, the service's own workers do not see.
    ///
    /// @param first a statement that changes the schema, or null
    private TableReads read(String first, Instant enrolmentDue, Instant messageDue, Work work) throws SQLException {
        QuarkusTransaction.begin();
        try {
            return jdbi.withHandle(handle -> {
                if (first != null) {
                    handle.execute(first);
                }
                TableReads read = null;
                for (int round = 0; round < ROUNDS; round++) {
                    var from = FIRST_DUE + (long) round * DUE;
                    insert(handle, from, from + DUE - 1, enrolmentDue, messageDue);
                    read = read(handle, work);
                }
                return read;
            });
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private static TableReads read(Handle handle, Work work) throws SQLException {
        var before = TableReads.soFar(handle.getConnection());
        var served = work.once();
        var read = TableReads.soFar(handle.getConnection()).since(before);
        assertThat(served).isEqualTo(DUE);
        return read;
    }

    private void insert(Handle handle, long first, long last, Instant enrolmentDue, Instant messageDue) {
        handle.createUpdate(CUSTOMERS)
                .bind("m", merchant)
                .bind("first", first)
                .bind("last", last)
                .execute();
        handle.createUpdate(ENROLMENTS)
                .bind("m", merchant)
                .bind("campaign", campaign)
                .bind("first", first)
                .bind("last", last)
                .bind("enrolmentDue", enrolmentDue)
                .bind("messageDue", messageDue)
                .execute();
    }
}
