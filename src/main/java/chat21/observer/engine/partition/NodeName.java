package chat21.observer.engine.partition;

import java.lang.management.ManagementFactory;
import java.util.UUID;

import chat21.observer.protocol.Excerpt;

/** What a process is called among the nodes. */
public final class NodeName {

    private static final int MAX = 200;

    private NodeName() {
    }

    /** A name that no other process has ever had, and that tells an operator process id and machine. */
    public static String create() {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return Excerpt.of(process, MAX) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }
}
