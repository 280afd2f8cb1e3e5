package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Processor time and memory of processes, as Linux tells them under {@code /proc}; nothing elsewhere. */
final class Procfs {

    /** The kernel gives these times in hundredths of a second on every architecture. */
    private static final long MICROS_PER_TICK = 10_000;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private Procfs() {
    }

    /** Processor time of a process and all below it, in microseconds, children that have ended included. */
    static OptionalLong treeMicros(long pid) {
        return sum(tree(pid).map(Procfs::micros));
    }

    /** Processor time of this process alone. */
    static OptionalLong ownMicros() {
        return stat(ProcessHandle.current().pid()).map(stat -> OptionalLong.of(ticks(stat, 2) * MICROS_PER_TICK))
                .orElse(OptionalLong.empty());
    }

    /** Resident memory of a process and all below it, in megabytes. */
    static OptionalLong treeMegabytes(long pid) {
        OptionalLong kilobytes = sum(tree(pid).map(Procfs::residentKilobytes));
        return kilobytes.isPresent() ? OptionalLong.of(kilobytes.getAsLong() / 1_024) : kilobytes;
    }

    /** Processor time that the whole machine has spent working, in microseconds. */
    static OptionalLong machineMicros() {
        String text = read(Path.of("/proc/stat"));
        if (!text.startsWith("cpu ")) {
            return OptionalLong.empty();
        }
        long[] ticks = numbers(text.lines().findFirst().orElseThrow().substring(4));
        // user, nice, system, irq, softirq; not idle and waiting, and guests are in user already.
        return OptionalLong.of((ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) * MICROS_PER_TICK);
    }

    private static Stream<Long> tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(ProcessHandle::pid);
    }

    private static OptionalLong micros(long pid) {
        return stat(pid).map(stat -> OptionalLong.of(ticks(stat, CHILDREN_SYSTEM_TIME - USER_TIME + 1) * MICROS_PER_TICK))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong residentKilobytes(long pid) {
        Matcher matcher = RESIDENT.matcher(read(Path.of("/proc/" + pid + "/status")));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    private static long ticks(String[] stat, int fields) {
        return LongStream.range(USER_TIME, USER_TIME + fields).map(i -> Long.parseLong(stat[(int) i])).sum();
    }

    /** The fields behind the command's name, which may itself hold blanks and brackets. */
    private static Optional<String[]> stat(long pid) {
        String text = read(Path.of("/proc/" + pid + "/stat"));
        int behindName = text.lastIndexOf(')') + 2;
        return behindName > text.length() || behindName == 1
                ? Optional.empty()
                : Optional.of(text.substring(behindName).split(" "));
    }

    private static OptionalLong sum(Stream<OptionalLong> values) {
        return values.filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
    }

    private static long[] numbers(String line) {
        return Stream.of(line.strip().split("\\s+")).mapToLong(Long::parseLong).toArray();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // the process has ended, or there is no such file system
        }
    }
}
