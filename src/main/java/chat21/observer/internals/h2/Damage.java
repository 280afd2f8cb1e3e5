package chat21.observer.internals.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * What H2 says where its file is damaged: something else wrote to it, or cut it off, or memory ended while it was written.
 */
public final class Damage {

    private static final Set<Integer> STORE = Set.of(DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_CHUNK_NOT_FOUND);

    private Damage() {
    }

    /** Whether an error comes of a damaged file. */
    public static boolean isCauseOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException e && e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1
                    || t instanceof MVStoreException store && STORE.contains(store.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a file of no length, since H2 would begin a new database in it.
     *
     * @param file that of the database, or null
     */
    public static void refuseEmpty(Path file) {
        try {
            if (file != null && Files.exists(file) && Files.size(file) == 0) {
                throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "the file is empty");
            }
        } catch (IOException e) {
            throw new IllegalStateException("its file cannot be read: " + e, e);
        }
    }
}
