package io.regulars.kit.sql;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jdbi.v3.postgres.PostgresPlugin;

class JdbiProducer {

    /// Jdbi on the service's datasource. Transactions are the container's: a handle inside one takes part in it.
    @Produces
    @Singleton
    Jdbi jdbi(AgroalDataSource dataSource) {
        Jdbi jdbi = Jdbi.create(dataSource)
                .setTransactionHandler(new CMTTransactionHandler())
                .installPlugin(new PostgresPlugin())
                .registerArgument(new ArrayArguments());
        // An error's text would hold the statement's arguments: people's names and addresses, in the log.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }
}
