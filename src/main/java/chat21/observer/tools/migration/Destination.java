package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the documents of one collection go: each is read by itself, many are stored together. */
interface Destination<T> {

    /**
     * Takes from a document what is stored of it.
     *
     * @throws chat21.observer.protocol.Refusal naming the field and the rule if it cannot be stored
     */
    T read(Document document);

    /**
     * Stores them within the caller's transaction; what is there already stays as it is, unless the export knows more.
     *
     * @return how many rows were added or changed
     */
    int store(Connection connection, List<T> rows) throws SQLException;
}
