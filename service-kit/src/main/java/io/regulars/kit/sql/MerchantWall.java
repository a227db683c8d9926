package io.regulars.kit.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import io.regulars.kit.merchant.Merchant;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/// The second wall between merchants. While a merchant's request is served, its connections run as a role that
/// row-level security confines to that merchant's rows; background work runs as the owner, which sees all.
@Singleton
class MerchantWall implements AgroalPoolInterceptor {

    static final String CONFINE =
            "select set_config('regulars.merchant_id', '%d', false), set_config('role', 'regulars_request', false)";
    static final String RELEASE = "reset role; reset regulars.merchant_id";

    private static final Logger LOG = Logger.getLogger(MerchantWall.class);

    /// The connections that are out with a request: the driver's own objects, since the pool wraps them anew each time.
    private final Set<PGConnection> confined = ConcurrentHashMap.newKeySet();

    @Override
    public void onConnectionAcquire(Connection connection) {
        OptionalInt merchant = requestMerchant();
        if (merchant.isEmpty()) {
            return;
        }
        try {
            confined.add(connection.unwrap(PGConnection.class));
            execute(connection, CONFINE.formatted(merchant.getAsInt()));
        } catch (SQLException e) {
            discard(connection);
            throw new IllegalStateException("a connection could not be confined to its merchant", e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            if (confined.remove(connection.unwrap(PGConnection.class))) {
                execute(connection, RELEASE);
            }
        } catch (SQLException e) {
            LOG.debug("a confined connection could not be released and is thrown away", e);
            discard(connection);
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            confined.remove(connection.unwrap(PGConnection.class));
        } catch (SQLException e) {
            LOG.debug("a connection that is gone cannot be unwrapped", e);
        }
    }

    private static OptionalInt requestMerchant() {
        if (!Arc.container().requestContext().isActive()) {
            return OptionalInt.empty();
        }
        return Arc.container().instance(Merchant.class).get().find();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("a connection could not be thrown away", e);
        }
    }
}
