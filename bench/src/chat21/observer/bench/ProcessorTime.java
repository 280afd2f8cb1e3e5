package chat21.observer.bench;

import java.util.List;
import java.util.OptionalLong;

/** A reading of the processor time that each side of a measurement has used so far, in microseconds. */
record ProcessorTime(OptionalLong broker, OptionalLong system, OptionalLong database, OptionalLong load,
        OptionalLong machine) {

    /** A process id of 0 means an unknown process. */
    static ProcessorTime read(long brokerPid, List<Long> systemPids, long databasePid) {
        return new ProcessorTime(tree(brokerPid), all(systemPids), tree(databasePid), Procfs.ownMicros(), Procfs.machineMicros());
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(minus(broker, earlier.broker), minus(system, earlier.system),
                minus(database, earlier.database),
                minus(load, earlier.load), minus(machine, earlier.machine));
    }

    /** The share, in percent, of all processors that went elsewhere in a time; null if unknown. */
    Double othersPercent(double seconds, int processors) {
        if (machine.isEmpty()) {
            return null;
        }
        long known = broker.orElse(0) + system.orElse(0) + database.orElse(0) + load.orElse(0);
        return Math.max(0, (machine.getAsLong() - known) / (seconds * 10_000 * processors));
    }

    /** A time divided among messages; null if unknown. */
    static Double per(double messages, OptionalLong micros) {
        return micros.isPresent() && messages > 0 ? Double.valueOf(micros.getAsLong() / messages) : null;
    }

    private static OptionalLong all(List<Long> pids) {
        List<OptionalLong> each = pids.stream().map(ProcessorTime::tree).toList();
        return pids.isEmpty() || each.stream().anyMatch(OptionalLong::isEmpty) ? OptionalLong.empty()
                : OptionalLong.of(each.stream().mapToLong(OptionalLong::getAsLong).sum());
    }

    private static OptionalLong tree(long pid) {
        return pid == 0 ? OptionalLong.empty() : Procfs.treeMicros(pid);
    }

    private static OptionalLong minus(OptionalLong later, OptionalLong earlier) {
        return later.isPresent() && earlier.isPresent()
                ? OptionalLong.of(later.getAsLong() - earlier.getAsLong())
                : OptionalLong.empty();
    }
}
