package chat21.observer.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a benchmark runs.
 *
 * @param root            of the project
 * @param folder          for data that is not kept
 * @param logs            of all that is started
 * @param observerOptions of the observer's JVM
 * @param population      what is stored before, where a set-up asks for it
 */
record Surroundings(Path root, Path folder, Path logs, Ports ports, List<String> observerOptions,
        Population population) {
}
