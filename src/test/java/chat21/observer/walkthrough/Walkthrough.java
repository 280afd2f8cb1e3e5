package chat21.observer.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of commands and, below them, what they print; {@code …} stands for any text within a line. */
record Walkthrough(List<Step> steps) {

    private static final Pattern BLOCKS = Pattern.compile(
            "^```bash\\n(.*?)^```$(?:\\n+^```(?:json|text)\\n(.*?)^```$)?", Pattern.DOTALL | Pattern.MULTILINE);

    /** A block of commands; output is empty where the page shows none. */
    record Step(String commands, String output) {

        /** Whether it printed what the page shows. */
        boolean printed(String text) {
            String expected = Stream.of(output.strip().split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return Pattern.matches(expected, text.strip());
        }
    }

    static Walkthrough read(Path page) throws IOException {
        return of(Files.readString(page));
    }

    static Walkthrough of(String text) {
        List<Step> steps = new ArrayList<>();
        for (Matcher block = BLOCKS.matcher(text); block.find();) {
            steps.add(new Step(block.group(1), block.group(2) == null ? "" : block.group(2)));
        }
        return new Walkthrough(steps);
    }
}
