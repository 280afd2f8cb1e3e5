package chat21.observer.tools.migration;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import chat21.observer.database.Database;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;
import chat21.observer.tools.migration.Pieces.Piece;

/**
 * Brings one file over: many documents a transaction, which also remembers how far it came. What was interrupted goes on
 * there, and no document stops the others.
 */
final class FileImport<T> {

    // A file that was killed while it was written ends anywhere; so may what is left of it.
    private static final int MAX_BYTES = 16 << 20;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int TRIES = 3;

    private final ExportedCollections export;
    private final Destination<T> destination;
    private final Payloads payloads;
    private final String defaultApp;
    private final Database database;
    private final RefusedLines refused;
    private Position position;
    private String damage;

    FileImport(ExportedCollections export, Destination<T> destination, Payloads payloads, String defaultApp, Database database,
            RefusedLines refused, Position from) {
        this.export = export;
        this.destination = destination;
        this.payloads = payloads;
        this.defaultApp = defaultApp;
        this.database = database;
        this.refused = refused;
        this.position = from;
    }

    /** A document that was read, and where it stood. */
    private record Read<T>(Piece piece, T row) {
    }

    /** Reads to the end, and returns where that is. */
    Position run(ProgressBar progress) throws IOException, SQLException {
        try (Pieces pieces = Pieces.of(export, position, MAX_BYTES)) {
            progress.begin(pieces.fileOffset());
            List<Read<T>> batch = new ArrayList<>();
            Piece last = null;
            for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
                last = piece;
                read(piece, batch);
                if (piece.number() % export.collection().batch() == 0) {
                    store(batch, piece);
                    batch.clear();
                    progress.show(position, pieces.fileOffset());
                }
            }
            if (last != null) {
                store(batch, last);
            }
            damage = pieces.damage();
            progress.end(position, pieces.fileOffset());
        }
        return position;
    }

    /** Why the file ended before its end, or null if it did not. */
    String damage() {
        return damage;
    }

    private void read(Piece piece, List<Read<T>> batch) throws IOException {
        if (isBlank(piece.bytes())) {
            return;
        }
        try {
            if (piece.isTooLong()) {
                throw new Refusal(Reason.PAYLOAD_TOO_LARGE, "a " + unit() + " must have at most " + MAX_BYTES + " bytes");
            }
            Document document = new Document(ExtendedJson.plain(payloads.read(piece.bytes())), payloads, defaultApp);
            batch.add(new Read<>(piece, destination.read(document)));
            for (String left : document.leftOut()) {
                refused.leaveOut(piece, left);
            }
        } catch (Refusal e) {
            refused.add(piece, e);
        }
    }

    private String unit() {
        return export.container().form().unit();
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private void store(List<Read<T>> batch, Piece last) throws IOException, SQLException {
        for (int tries = 1;; tries++) {
            try {
                int stored = storeTogether(batch.stream().map(Read::row).toList(), last);
                position = after(last, stored);
                return;
            } catch (SQLException e) {
                // A node that runs beside has stored the same message meanwhile: now it is found.
                if (UNIQUE_VIOLATION.equals(e.getSQLState()) && tries < TRIES) {
                    continue;
                }
                if (!isAboutValues(e)) {
                    throw e;
                }
                storeEach(batch, last);
                return;
            }
        }
    }

    private int storeTogether(List<T> rows, Piece last) throws SQLException, IOException {
        int[] stored = {0};
        long lineBytes = refused.lineBytes();
        long reportBytes = refused.reportBytes();
        database.inLongTransaction(connection -> {
            stored[0] = rows.isEmpty() ? 0 : destination.store(connection, rows);
            new Position(last.number(), last.end(), position.stored() + stored[0], refused.count(), lineBytes,
                    reportBytes).write(connection, export.source());
        });
        return stored[0];
    }

    private Position after(Piece last, int stored) throws IOException {
        return new Position(last.number(), last.end(), position.stored() + stored, refused.count(), refused.lineBytes(),
                refused.reportBytes());
    }

    // One of them breaks a rule of the database that was not foreseen: only that one is refused.
    private void storeEach(List<Read<T>> batch, Piece last) throws IOException, SQLException {
        for (Read<T> each : batch) {
            try {
                int[] stored = {0};
                database.inLongTransaction(connection -> stored[0] = destination.store(connection, List.of(each.row)));
                position = new Position(position.line(), position.offset(), position.stored() + stored[0],
                        position.refused(), position.refusedBytes(), position.reportBytes());
            } catch (SQLException e) {
                if (!isAboutValues(e)) {
                    throw e;
                }
                refused.add(each.piece, new Refusal(Reason.BAD_FIELD, "the database refuses it: " + firstLine(e)));
            }
        }
        storeTogether(List.of(), last);
        position = after(last, 0);
    }

    /** Where the import of a file has come to, or its beginning. */
    static Position reached(Database database, String source) throws SQLException {
        try (Connection connection = database.connection()) {
            return Position.of(connection, source);
        }
    }

    // SQL states: 22 is bad data, 23 a broken rule of a table.
    private static boolean isAboutValues(SQLException e) {
        return e.getSQLState() != null && (e.getSQLState().startsWith("22") || e.getSQLState().startsWith("23"));
    }

    private static String firstLine(SQLException e) {
        return e.getMessage() == null ? e.getSQLState() : e.getMessage().lines().findFirst().orElse("");
    }
}
