package chat21.observer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class DocsLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```");

    @Test
    void eachLinkOfReadmeAndDocsLeadsToAFile() throws IOException {
        SoftAssertions soft = new SoftAssertions();
        for (Path page : pages()) {
            for (MatchResult link : links(page)) {
                if (!link.group(1).contains("://")) {
                    soft.assertThat(page.resolveSibling(link.group(1))).as(page + " links " + link.group(1)).exists();
                }
            }
        }
        soft.assertAll();
    }

    @Test
    void theWayInNamesEachPageOfTheDocs() throws IOException {
        List<String> linked = links(Path.of("docs/README.md")).stream().map(link -> link.group(1)).toList();

        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))).isNotEmpty().isSubsetOf(linked);
        }
    }

    private static List<MatchResult> links(Path page) throws IOException {
        return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("")).results().toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
                    files.filter(f -> f.toString().endsWith(".md"))).toList();
        }
    }
}
