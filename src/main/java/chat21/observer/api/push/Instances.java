package chat21.observer.api.push;

import java.sql.SQLException;
import java.util.List;

import chat21.observer.database.Database;
import chat21.observer.database.Statement;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** Keeps where users are reached by push; a device that logs in as somebody else is then that one's. */
public final class Instances {

    private static final Statement INSERT = new Statement("devices", "insert-instance");
    private static final Statement DELETE = new Statement("devices", "delete-instance");
    private static final Statement LIST = new Statement("devices", "list-instances");

    private static final Statement COUNT = new Statement("devices", "count-instances");

    private final Database database;
    private final int maxOfUser;

    /** @param maxOfUser the most that one user has */
    public Instances(Database database, int maxOfUser) {
        this.database = database;
        this.maxOfUser = maxOfUser;
    }

    /** @throws Refusal if the user has as many as a user may */
    public void store(Instance i) throws SQLException {
        database.inTransaction(connection -> {
            DELETE.update(connection, i.app(), i.id());
            INSERT.update(connection, i.app(), i.id(), i.user(), i.deviceModel(), i.language(), i.platform(),
                    i.platformVersion());
            if (COUNT.first(connection, row -> row.getInt(1), i.app(), i.user()) > maxOfUser) {
                throw new Refusal(Reason.QUOTA, "a user may be reached on " + maxOfUser + " devices");
            }
        });
        database.flush();
    }

    List<Instance> of(String app, String user) throws SQLException {
        return LIST.all(database, row -> new Instance(app, user, row.getString(1), row.getString(2),
                row.getString(3), row.getString(4), row.getString(5)), app, user);
    }

    void remove(Instance instance) throws SQLException {
        database.inTransaction(connection -> DELETE.update(connection, instance.app(), instance.id()));
    }
}
