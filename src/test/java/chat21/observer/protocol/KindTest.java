package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KindTest {

    @Test
    void theDocsListEachKindWithItsTopicAndWhoMayPublishIt() throws Exception {
        List<Kind> ofUsers = Kind.ofUsers().toList();
        assertThat(Files.readString(Path.of("docs/clients.md"))).contains(Stream.of(Kind.values())
                .map(kind -> "| `%s` | `%s` | %s |\n".formatted(kind.label(), kind.shape().replace('.', '/'),
                        ofUsers.contains(kind) ? "a user" : "a back end"))
                .reduce("", String::concat));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReadIsOfTheKindThatItWasWrittenFor(Kind kind) {
        String key = kind.pattern("a", "b", "c", "d");

        assertThat(Topics.parse(key).kind()).isEqualTo(kind);
        assertThat(Topics.parse(key).app()).isEqualTo("a");
        assertThat(key).matches(kind.binding().replace(".", "\\.").replace("*", "[^.]+"));
    }

    @ParameterizedTest
    @EnumSource
    void theUserOfAUsersOwnKindIsItsSecondId(Kind kind) {
        assertThat(Topics.parse(kind.pattern("a", "b", "c", "d")).publisher())
                .isEqualTo(Kind.ofUsers().anyMatch(kind::equals) ? "b" : null);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotGivenMayBeAnything(Kind kind) {
        assertThat(kind.pattern("a")).startsWith(!Kind.ofUsers().anyMatch(kind::equals)
                ? "apps.observer.a." : "apps.a.");
        assertThat(Pattern.compile("\\*").matcher(kind.pattern("a")).results().count())
                .isEqualTo(Pattern.compile("\\{").matcher(kind.shape()).results().count() - 1);
    }

    @Test
    void theRouterHasABranchForTheSuffixOfEachKind() throws Exception {
        List<String> suffixes = Stream.of(Kind.values()).map(Kind::suffix).toList();

        assertThat(suffixes).doesNotHaveDuplicates();
        assertThat(Pattern.compile("topicSuffix} == '([^']+)'").matcher(Files.readString(Path.of("routes/receive.yaml")))
                .results().map(found -> found.group(1))).containsExactlyInAnyOrderElementsOf(suffixes);
    }
}
