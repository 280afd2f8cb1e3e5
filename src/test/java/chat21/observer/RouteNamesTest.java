package chat21.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import chat21.observer.ops.routefiles.RouteCheck;
import chat21.observer.ops.routefiles.RouteFile;
import chat21.observer.ops.routefiles.RouteFolder;

/** What an integrator is told about the files of {@code routes/}, with no broker and no database. */
class RouteNamesTest {

    private static RouteNames names;
    private static RouteCheck check;
    private static SortedMap<String, RouteFile> shipped;

    @BeforeAll
    static void readFiles() throws Exception {
        names = new RouteNames("application.properties");
        check = new RouteCheck(names.surroundings());
        shipped = new RouteFolder(Path.of("routes")).files();
    }

    @AfterAll
    static void close() {
        names.close();
    }

    @Test
    void theShippedFilesAreRight() {
        assertThat(check.problems(shipped.values())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            send-message.yaml|ref: messageReader|ref: messageReadr|routes/send-message.yaml, line 18: there is no bean named 'messageReadr'; did you mean 'messageReader'?
            send-message.yaml|method: read|method: reed|routes/send-message.yaml, line 19: the bean 'messageReader' has no method 'reed'; did you mean 'read'?
            commit-batch.yaml|method: undecided|method: undecidet|routes/commit-batch.yaml, line 33: the bean 'largeGroups' has no method 'undecidet'; did you mean 'undecided'?
            send-direct.yaml|ref: directCopies|ref: directCopys|routes/send-direct.yaml, line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?
            send-direct.yaml|ref: directCopies|ref: {expression: directCopys}|routes/send-direct.yaml, line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?
            send-direct.yaml|ref: directCopies|ref: inboxes|routes/send-direct.yaml, line 14: the bean 'inboxes' is no predicate or expression; name one of its methods: method: {ref: inboxes, method: …}
            send-direct.yaml|uri: direct:deliver-to-inbox|uri: direct:deliver-to-inbx|routes/send-direct.yaml, line 19: no route answers 'direct:deliver-to-inbx'; did you mean 'deliver-to-inbox'?
            send-direct.yaml|uri: direct:deliver-to-inbox|uri: dirct:deliver-to-inbox|routes/send-direct.yaml, line 19: there is no component 'dirct'; did you mean 'direct'?
            send-direct.yaml|routeConfigurationId: refuse-what-fails|routeConfigurationId: refuse-what-fail|routes/send-direct.yaml, line 5: there is no route configuration 'refuse-what-fail'; did you mean 'refuse-what-fails'?
            send-direct.yaml|- split:|- splt:|routes/send-direct.yaml, line 9: Camel knows no step 'splt'
            send-direct.yaml|stopOnException:|stopOnExeption:|routes/send-direct.yaml, line 12: nothing named 'stopOnExeption' belongs here
            send-direct.yaml|stopOnException: true|stopOnException: : true|routes/send-direct.yaml, line 12: this is not YAML: mapping values are not allowed here
            consume-messages.yaml|chat21.prefetch|chat21.prefech|routes/consume-messages.yaml, line 20: there is no setting 'chat21.prefech' in application.properties; did you mean 'chat21.prefetch'?
            consume-persist.yaml|prefetchCount:|prefetchCnt:|routes/consume-persist.yaml, line 14: the component 'spring-rabbitmq' has no option 'prefetchCnt'
            receive.yaml|${exchangeProperty.topicSuffix} == 'messages.*.outgoing'|${exchangeProperty.topicSuffix == 'messages.*.outgoing'|routes/receive.yaml, line 23: a '${' in this expression has no '}'
            deliver-to-inbox.yaml|id: deliver-to-inbox|id: send-direct|routes/send-direct.yaml, line 3: the route id 'send-direct' is taken by routes/deliver-to-inbox.yaml
            refuse-what-fails.yaml|chat21.observer.protocol.Refusal|chat21.observer.refuse.Refusl|routes/refuse-what-fails.yaml, line 9: there is no class chat21.observer.refuse.Refusl
            """)
    void aSlipIsNamedWithItsLine(String file, String right, String wrong, String problem) {
        assertThat(check.problems(edited("routes/" + file, right, wrong))).extracting(Object::toString)
                .containsExactly(problem);
    }

    @Test
    void aPredicateIsFoundInTheShortFormToo() {
        String right = "                expression:\n                  ref: isGroup\n";

        assertThat(check.problems(edited("routes/send-message.yaml", right, "                ref: isGroup\n"))).isEmpty();
        assertThat(check.problems(edited("routes/send-message.yaml", right, "                ref: isGrup\n")))
                .extracting(Object::toString).containsExactly(
                        "routes/send-message.yaml, line 41: there is no bean named 'isGrup'; did you mean 'isGroup'?");
    }

    @Test
    void aNameThatTheMessageSaysIsNotLookedUp() {
        assertThat(check.problems(edited("routes/send-direct.yaml", "ref: directCopies", "ref: \"${header.copies}\"")))
                .isEmpty();
    }

    @Test
    void severalSlipsAreToldTogether() {
        List<RouteFile> files = new ArrayList<>(edited("routes/send-direct.yaml", "ref: directCopies", "ref: directCopys"));
        files.removeIf(file -> file.name().equals("routes/update-group.yaml"));

        assertThat(check.problems(files)).extracting(Object::toString).containsExactly(
                "routes/receive.yaml, line 88: no route answers 'direct:update-group'",
                "routes/send-direct.yaml, line 14: there is no bean named 'directCopys'; did you mean 'directCopies'?");
    }

    private static Collection<RouteFile> edited(String file, String right, String wrong) {
        assertThat(shipped.get(file).text()).contains(right);
        List<RouteFile> files = new ArrayList<>(shipped.values());
        files.replaceAll(f -> f.name().equals(file) ? RouteFile.of(file, f.text().replace(right, wrong)) : f);
        return files;
    }
}
