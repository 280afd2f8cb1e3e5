package chat21.observer.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders and files that nobody but their owner may look into: chats, keys, and what the broker keeps. */
public final class PrivateFiles {

    private PrivateFiles() {
    }

    /** Makes a folder, with those above it, unless it is there. */
    public static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, only(folder, "rwx------"));
        }
    }

    /** Makes an empty file beside another one. */
    public static Path temporary(Path beside) throws IOException {
        return Files.createTempFile(beside.getParent(), beside.getFileName() + ".", ".new", only(beside.getParent(), "rw-------"));
    }

    private static FileAttribute<?>[] only(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
