package chat21.observer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
record Machine(int processors, String processor, long memoryGigabytes, String system, String java, String broker) {

    static Machine here(String broker) {
        String kilobytes = field("/proc/meminfo", "MemTotal", "0 kB").replaceAll("\\D", "");
        return new Machine(Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Math.round(Long.parseLong(kilobytes) / 1024.0 / 1024.0),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                broker);
    }

    /** In one line. */
    String describe() {
        return "%d × %s, %d GB, %s, %s, %s".formatted(processors, processor, memoryGigabytes, system, java, broker);
    }

    private static String field(String file, String name, String otherwise) {
        try {
            return Files.readString(Path.of(file)).lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst().orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
