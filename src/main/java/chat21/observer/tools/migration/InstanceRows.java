package chat21.observer.tools.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import chat21.observer.api.push.Instance;
import chat21.observer.database.Columns;
import chat21.observer.database.Statement;

/** The collection {@code instances}: a document is a device that is reached by push. */
final class InstanceRows implements Destination<Instance> {

    private static final Statement MERGE = new Statement("import", "import-instances");
    private static final Columns<Instance> COLUMNS = new Columns<Instance>().varchar(Instance::app).varchar(Instance::id)
            .varchar(Instance::user).varchar(Instance::deviceModel).varchar(Instance::language)
            .varchar(Instance::platform).varchar(Instance::platformVersion);
    private static final int MAX_LONG = 512;
    private static final int MAX_SHORT = 64;

    @Override
    public Instance read(Document document) {
        return new Instance(document.app("app_id"), document.id("user_id"), document.required("instance_id", MAX_LONG),
                document.text("device_model", MAX_LONG), document.text("language", MAX_SHORT),
                document.text("platform", MAX_SHORT), document.text("platform_version", MAX_SHORT));
    }

    @Override
    public int store(Connection connection, List<Instance> rows) throws SQLException {
        Map<List<String>, Instance> once = new LinkedHashMap<>();
        rows.forEach(row -> once.put(List.of(row.app(), row.id()), row));
        return MERGE.updateAll(connection, COLUMNS, once.values());
    }
}
