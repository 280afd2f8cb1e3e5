package chat21.observer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps apart, over all JVMs that run tests of this folder, what changes the interfaces of this machine and the browsers, which
 * break off what they load whenever an interface comes or goes. Whoever comes second waits.
 */
public final class MachineNetwork implements AutoCloseable {

    private static final Path LOCK = Path.of("target", "machine-network.lock");

    private final FileChannel lock;

    private MachineNetwork(boolean isShared) {
        try {
            Files.createDirectories(LOCK.getParent());
            lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock.lock(0, Long.MAX_VALUE, isShared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The network as it is, for a browser. */
    public static MachineNetwork unchanged() {
        return new MachineNetwork(true);
    }

    /** The network for who adds interfaces and takes them away. */
    public static MachineNetwork changing() {
        return new MachineNetwork(false);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
