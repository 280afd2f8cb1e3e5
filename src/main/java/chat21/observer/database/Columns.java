package chat21.observer.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * How rows are bound to a statement that takes any number of them: one array a column, in the order in which the columns
 * are named here.
 *
 * @param <R> a row
 */
public final class Columns<R> {

    private record Column<R>(String type, Function<? super R, ?> value) {
    }

    private final List<Column<R>> columns = new ArrayList<>();

    public Columns<R> varchar(Function<? super R, String> value) {
        return with("varchar", value);
    }

    public Columns<R> bigint(Function<? super R, Long> value) {
        return with("bigint", value);
    }

    public Columns<R> integer(Function<? super R, Integer> value) {
        return with("integer", value);
    }

    public Columns<R> smallint(Function<? super R, Short> value) {
        return with("smallint", value);
    }

    public Columns<R> bool(Function<? super R, Boolean> value) {
        return with("boolean", value);
    }

    private Columns<R> with(String type, Function<? super R, ?> value) {
        columns.add(new Column<>(type, value));
        return this;
    }

    /** The arrays of some rows, as the parameters of a statement. */
    public Object[] of(Connection connection, Collection<? extends R> rows) throws SQLException {
        Object[] arrays = new Object[columns.size()];
        List<R> all = List.copyOf(rows);
        for (int i = 0; i < arrays.length; i++) {
            Column<R> column = columns.get(i);
            Object[] values = new Object[all.size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = column.value.apply(all.get(at));
            }
            arrays[i] = connection.createArrayOf(column.type, values);
        }
        return arrays;
    }

    /** Some texts as one parameter. */
    public static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("varchar", texts.toArray());
    }

    /** Some numbers as one parameter. */
    public static Array numbers(Connection connection, Collection<Long> numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers.toArray());
    }
}
