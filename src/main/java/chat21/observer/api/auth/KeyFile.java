package chat21.observer.api.auth;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

import chat21.observer.settings.PrivateFiles;

/**
 * The key of an installation that was given none: 256 random bits in a file that only its owner may read. Application,
 * broker and tools find the same one, and whoever needs it first makes it.
 */
public final class KeyFile {

    private static final int BYTES = 32;

    private KeyFile() {
    }

    /** The key in that file, which is made if it is not there. */
    public static String findOrMake(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        if (!Files.exists(absolute)) {
            make(absolute);
        }
        return Files.readString(absolute).strip();
    }

    // Somebody else may make it at the same time: it appears whole, and the first one stays.
    private static void make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        PrivateFiles.folder(file.getParent());
        Path written = PrivateFiles.temporary(file);
        try {
            Files.writeString(written, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException e) {
            // That one counts.
        } finally {
            Files.delete(written);
        }
    }
}
