package chat21.observer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.testing.Patience;
import chat21.observer.testing.RouteFiles;

/** {@code bin/routes}, as an integrator runs it: nothing else runs. */
class RoutesCommandIT {

    private record Result(int exitCode, String output) {
    }

    @TempDir
    private Path folder;

    @Test
    void theShippedRoutesAreRight() throws Exception {
        Result result = run("check");

        assertThat(result.output()).isEqualToIgnoringNewLines(RouteFiles.all().size() + " files are right.");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aMistakeIsToldWithItsFileAndLineAndEndsWithOne() throws Exception {
        RouteFiles.copyTo(folder);
        Path edited = folder.resolve("send-direct.yaml");
        Files.writeString(edited, Files.readString(edited).replace("ref: directCopies", "ref: directCopys"));

        Result result = run("check", "--dir", folder.toString());

        assertThat(result.output()).contains(
                edited + ", line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?", "1 found wrong.");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void theDiagramGoesToAFile() throws Exception {
        Path svg = folder.resolve("flow.svg");

        assertThat(run("diagram", "--out", svg.toString())).isEqualTo(new Result(0, ""));

        assertThat(svg).hasSameTextualContentAs(Path.of("docs/flow.svg"));
    }

    private Result run(String... arguments) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                java.util.stream.Stream.concat(java.util.stream.Stream.of("bin/routes"), java.util.Arrays.stream(arguments))
                        .toList()).redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        assertThat(Patience.untilEndOf(process)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }
}
