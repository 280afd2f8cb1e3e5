package chat21.observer.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An earlier state of this project, built in a folder of its own. */
final class Release {

    private final String revision;
    private final Path folder;

    private Release(String revision, Path folder) {
        this.revision = revision;
        this.folder = folder;
    }

    /** The one that {@code -Dcluster.from} names, else the last one with another schema; the test is skipped where git is not. */
    static Release before(Path parent) {
        Network.require(Files.exists(Path.of(".git")), "This is no clone, so there is no earlier release");
        String from = System.getProperty("cluster.from", "");
        if (from.isEmpty()) {
            from = said("git", "log", "-1", "--diff-filter=A", "--format=%h", "--", "src/main/resources/db/migration") + "^";
        }
        Network.require(!from.equals("^"), "The clone is too shallow for an earlier release");
        String revision = said("git", "rev-parse", "--short", from);
        Path folder = parent.resolve("release-" + revision);
        if (!Files.exists(folder)) {
            said("mkdir", folder.toString());
            said("sh", "-c", "git archive " + revision + " | tar -x -C " + folder);
            said("sh", "-c", "cd " + folder + " && mvn -B -ntp -q -Dmaven.test.skip=true package");
        }
        return new Release(revision, folder);
    }

    /** Lets an observer be of this release from its next start on. */
    void runOn(Node node) {
        node.use(folder, folder.resolve("target/chat21-camel.jar").toString());
    }

    private static String said(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return revision;
    }
}
