package chat21.observer.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import chat21.observer.testing.BrokerConnections;
import chat21.observer.testing.Management;

/**
 * What a running observer takes at one moment.
 *
 * @param messages    how many messages it has had
 * @param residentMb  resident memory
 * @param heapMb      used heap
 * @param threads     threads of its JVM
 * @param connections connections to the broker, of everybody
 * @param channels    channels at the broker, of everybody
 */
record Sample(int messages, long residentMb, long heapMb, long threads, int connections, int channels) {

    static Sample take(int messages, long pid, Management management, BrokerConnections connections) throws IOException {
        long residentKb = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst().orElseThrow();
        return new Sample(messages, residentKb / 1_024,
                (long) management.metric("jvm_memory_used_bytes{area=\"heap\"") / 1_048_576,
                (long) management.metric("jvm_threads_live_threads"), connections.count(), connections.channels());
    }
}
