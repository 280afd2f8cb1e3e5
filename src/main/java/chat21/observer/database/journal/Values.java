package chat21.observer.database.journal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values bound to a statement, as bytes: each has a letter for its type before it. */
final class Values {

    private Values() {
    }

    /** An array and the SQL type of its elements, for a connection that is yet to come. */
    private record Elements(String type, Object[] values) {
    }

    static void write(DataOutputStream out, Iterable<Object> values) throws IOException, SQLException {
        List<Object> all = new ArrayList<>();
        values.forEach(all::add);
        out.writeInt(all.size());
        for (Object value : all) {
            write(out, value);
        }
    }

    private static void write(DataOutputStream out, Object value) throws IOException, SQLException {
        if (value == null) {
            out.writeByte('-');
        } else if (value instanceof String text) {
            out.writeByte('T');
            writeText(out, text);
        } else if (value instanceof Long number) {
            out.writeByte('L');
            out.writeLong(number);
        } else if (value instanceof Integer number) {
            out.writeByte('I');
            out.writeInt(number);
        } else if (value instanceof Short number) {
            out.writeByte('S');
            out.writeShort(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte('B');
            out.writeBoolean(flag);
        } else if (value instanceof byte[] bytes) {
            out.writeByte('Y');
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof Array array) {
            out.writeByte('A');
            writeText(out, array.getBaseTypeName());
            write(out, Arrays.asList((Object[]) array.getArray()));
        } else {
            throw new IllegalArgumentException("a journal cannot hold a " + value.getClass().getName());
        }
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static List<Object> read(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(readValue(in));
        }
        return values;
    }

    private static Object readValue(DataInputStream in) throws IOException {
        byte type = in.readByte();
        return switch (type) {
            case '-' -> null;
            case 'T' -> readText(in);
            case 'L' -> in.readLong();
            case 'I' -> in.readInt();
            case 'S' -> in.readShort();
            case 'B' -> in.readBoolean();
            case 'Y' -> in.readNBytes(in.readInt());
            case 'A' -> new Elements(readText(in), read(in).toArray());
            default -> throw new IOException("a journal holds no values of type " + (char) type);
        };
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
        Connection connection = statement.getConnection();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Elements array) {
                statement.setArray(i + 1, connection.createArrayOf(array.type, array.values));
            } else {
                statement.setObject(i + 1, values.get(i));
            }
        }
    }
}
