package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;

/** What becomes of messages when the disk under H2 is full, and has space again. */
class FullDiskIT {

    /** For all that a run stores, at 4 KB a message. */
    private static final long SIZE_KB = 65_536 + 4L * Faults.PER_SECOND * Faults.ROUNDS
            * Faults.LASTING.plus(Faults.RECOVERY).multipliedBy(2).toSeconds();

    private Path disk;
    private TestObserver observer;
    private Traffic traffic;

    @BeforeEach
    void start() throws Exception {
        disk = Files.createTempDirectory("chat21-disk-");
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE_KB + "k", "chat21-disk", disk.toString());
        if (!mounted) {
            Files.delete(disk);
        }
        Assumptions.assumeTrue(mounted, "Nothing can be mounted here (it takes root), so a full disk is not shown");
        observer = ObserverSettings.at(TestBroker.shared()).database(TestDatabase.h2In(disk))
                .set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000").startHere();
        traffic = Traffic.start(observer.broker(), observer.database());
    }

    @AfterEach
    void stop() throws Exception {
        if (traffic != null) {
            traffic.close();
            observer.close();
        }
        if (Files.exists(disk)) {
            run("umount", "-l", disk.toString());
            Files.deleteIfExists(disk);
        }
    }

    @Test
    void aFullDiskHoldsMessagesBackAndLosesNone() throws IOException {
        TestDatabase database = observer.database();
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            Path filler = fill();
            observer.management().awaitNotReady();
            Fault.last();
            Files.delete(filler);
            Fault.assertBackToNormal("the disk has space again", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        assertThat(observer.deadLetters()).isZero();

        observer.close();
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (byte[] some = new byte[65_536]; true; ) {
                out.write(some);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
        return filler;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return Patience.untilEndOf(process) && process.exitValue() == 0;
    }
}
