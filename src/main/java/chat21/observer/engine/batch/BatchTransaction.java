package chat21.observer.engine.batch;

import java.sql.Connection;
import java.sql.SQLException;

import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;

import chat21.observer.database.DurableTransactions;

/**
 * Lets the steps of a {@code transacted} work in one transaction; after them, what they changed survives the end of the
 * process. Camel takes whatever stands beside a {@code transacted} in its route into it, so nothing stands there.
 */
public final class BatchTransaction implements TransactedPolicy {

    /** The exchange property that holds the transaction's connection. */
    public static final String CONNECTION = "connection";

    private final DurableTransactions transactions;

    public BatchTransaction(DurableTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // The steps need no change.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            try {
                transactions.run(connection -> run(steps, exchange, connection));
            } catch (SQLException | RuntimeException e) {
                exchange.setException(e instanceof Failed failed ? failed.why : e);
            }
        };
    }

    private static void run(Processor steps, Exchange exchange, Connection connection) throws SQLException {
        exchange.setProperty(CONNECTION, connection);
        try {
            steps.process(exchange);
            if (exchange.getException() != null) {
                throw unwrapped(exchange.getException());
            }
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Failed(e);
        } finally {
            exchange.removeProperty(CONNECTION);
        }
    }

    // A split says which of its parts failed; what failed in it is what database and caller know.
    private static Exception unwrapped(Exception failure) {
        return failure instanceof CamelExchangeException && failure.getCause() instanceof Exception cause ? cause : failure;
    }

    // Ends the transaction, and is not seen outside of it.
    private static final class Failed extends RuntimeException {

        private final transient Exception why;

        Failed(Exception why) {
            super(why);
            this.why = why;
        }
    }
}
