package chat21.observer.ops.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Camel's YAML allows is taken, and whatever else lies in the folder is named; the check says the same. */
class RouteFormsTest {

    private static final String GOOD = "- route: {id: good, from: {uri: 'direct:good', steps: [{log: hi}]}}\n";

    @TempDir
    private Path home;
    private FollowedRoutes routes;

    @BeforeEach
    void begin() throws Exception {
        routes = new FollowedRoutes(home).put("good.yaml", GOOD).begin();
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- routeTemplate: {id: t, parameters: [{name: a}, {name: b, defaultValue: x}], from: {uri: 'direct:{{a}}', steps: [{log: '{{b}}'}]}}",
            "- routeTemplate: {id: t, parameters: [{name: a}], beans: [{name: day, type: java.util.Date}], route: {from: {uri: 'direct:{{a}}', steps: [{bean: {ref: '{{day}}'}}]}}}",
            "- routeTemplate: {id: t, parameters: [{name: who}], from: {uri: 'direct:hello-{{who}}', steps: [{log: hi}]}}\n"
                    + "- templatedRoute: {routeTemplateRef: t, routeId: bob, parameters: [{name: who, value: bob}]}\n"
                    + "- from: {uri: 'direct:calls', steps: [{to: 'direct:hello-bob'}]}",
            "- beans: [{name: day, type: java.util.Date, constructors: {0: 5}}]\n- from: {uri: 'direct:b', steps: [{bean: {ref: day, method: getTime}}]}",
            "- routeConfiguration: {id: c, onException: [{onException: {exception: [java.lang.Exception], steps: [{log: bad}]}}]}",
            "- onException: {exception: [java.lang.Exception], handled: {constant: 'true'}, steps: [{log: bad}]}\n- intercept: {steps: [{log: hi}]}\n"
                    + "- interceptFrom: {steps: [{log: hi}]}\n- onCompletion: {steps: [{log: done}]}\n- from: {uri: 'direct:o', steps: [{log: hi}]}",
            "---\n# a comment\n- from: {uri: 'direct:c', steps: [{log: hi}]}\n...\n",
            "- route: {id: s1, from: {uri: 'direct:s1', steps: &steps [{log: hi}]}}\n- route: {id: s2, from: {uri: 'direct:s2', steps: *steps}}",
            "apiVersion: camel.apache.org/v1\nkind: Pipe\nmetadata: {name: p}\nspec: {source: {uri: 'direct:p'}, sink: {uri: 'log:p'}}",
            "- from: {uri: policy, parameters: {place: accept, onTimeout: refuse}, steps: [{log: hi}]}",
            "- from: {uri: direct, parameters: {name: d}, steps: [{to: {uri: direct, parameters: {name: good}}}]}",
            "- from: {uri: 'timer:tick', parameters: {period: 600000}, steps: [{log: hi}]}"})
    void whatCamelTakesIsTaken(String text) throws Exception {
        assertThat(routes.put("new.yaml", text).follow().problems()).isEmpty();
        assertThat(routes.checked()).isEmpty();
        assertThat(routes.report().getApplied()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            - routeTemplate: {id: t, parameters: [a, b], from: {uri: 'direct:x'}}|Camel cannot take this: UnsupportedOperationException
            - route: &r {id: r, from: {uri: 'direct:r', steps: [{pipeline: *r}]}}|nothing named 'from' belongs here
            - route:|
            - from:|
            - beans:|
            - routeTemplate:|
            - [a]|
            - 5|
            - {? [a, b] : c}|
            - wibble: {a: b}|Camel knows no step 'wibble'
            []|Camel finds no route
            hello: world|a file of routes is a list
            {apiVersion: camel.apache.org/v1, kind: Kamelet, metadata: {name: k}, spec: {template: {from: {uri: 'timer:x'}}}}|Camel finds no route
            - from: {uri: 'direct:g', steps: [{filter: {groovy: x, steps: [{log: hi}]}}]}|No language could be found for: groovy
            - from: {uri: 'policy:answer', steps: [{log: hi}]}|no route begins there
            - from: {uri: 'direct:x', steps: [{to: 'policy:accept'}]}|nothing can be sent there
            - from: {uri: 'direct:x', steps: [{to: 'direct:nobody'}]}|no route answers 'direct:nobody'
            """)
    void whatCamelDoesNotTakeIsNamedAndTheRestGoesOn(String text, String sentence) throws Exception {
        assertThat(routes.put("new.yaml", text).follow().problems()).singleElement().asString().startsWith("new.yaml")
                .contains(sentence == null ? "" : sentence);
        assertThat(routes.checked()).isEqualTo(routes.problems());
        routes.assertRunning("good");
    }

    @Test
    void aSecondDocumentIsNamedWithItsLine() throws Exception {
        assertThat(routes.put("new.yaml", "- from: {uri: 'direct:x', steps: [{log: hi}]}\n---\n- from: {uri: 'direct:y'}")
                .follow().problems()).containsExactly(
                        "new.yaml, line 2: a second document begins here; put it into a file of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new.yml", "new.YAML", "new.Yml", "sub/new.yaml", "a/b/c/new.yaml", "my.new.yaml"})
    void aFileOfYamlCountsWhateverTheLettersAndTheFolder(String name) throws Exception {
        assertThat(routes.put(name, "- route: {id: new, from: {uri: 'direct:new', steps: [{log: hi}]}}").follow().problems())
                .isEmpty();
        routes.assertRunning("good", "new");
        routes.remove(name).follow().assertRunning("good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new.xml", "New.java", "new.groovy", "new.json", "new.txt", "new", "sub/new.xml", "new.yaml.txt"})
    void routesInAnyOtherFileAreNamed(String name) throws Exception {
        assertThat(routes.put(name, GOOD.replace("good", "new")).follow().problems()).singleElement().asString()
                .startsWith(name + ": this file is not followed");
        assertThat(routes.checked()).isEqualTo(routes.problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {".new.yaml", ".sub/new.yaml", "new.yaml~", "new.yaml.bak", "#new.yaml#", "new.yaml.disabled",
            "README.md", ".new.yaml.swp"})
    void whatIsPutAsideDoesNotCount(String name) throws Exception {
        assertThat(routes.put(name, "[").follow().problems()).isEmpty();
    }

    @Test
    void aFileThatHasNoRoutesMayLieThere() throws Exception {
        assertThat(routes.put("output", "22 files are right.").put("words.txt", "darn\nheck\n").follow().problems()).isEmpty();
    }

    @Test
    void aLinkCountsAsTheFileAndNamesItselfWhereThereIsNone() throws Exception {
        Path elsewhere = Files.writeString(home.resolve("elsewhere"), GOOD.replace("good", "linked"));
        Files.createSymbolicLink(routes.folder().resolve("linked.yaml"), elsewhere);
        Files.createSymbolicLink(routes.folder().resolve("dead.yaml"), home.resolve("nowhere"));
        Files.createSymbolicLink(routes.folder().resolve("loop"), routes.folder());

        assertThat(routes.follow().problems()).containsExactly("dead.yaml: this link leads to nothing",
                "loop: this link leads back to where it stands");
        routes.assertRunning("good", "linked");
    }

    @Test
    void whatIsNoUtf8IsRefusedByName() throws Exception {
        String text = "- route:\n    id: new\n    from: {uri: 'direct:new', steps: [{log: 'grün'}]}\n";

        assertThat(routes.put("new.yaml", text.getBytes(StandardCharsets.ISO_8859_1)).follow().problems())
                .containsExactly("new.yaml, line 3: the byte 0xFC is not UTF-8; save the file as UTF-8");
        assertThat(routes.put("new.yaml", text.getBytes(StandardCharsets.UTF_16)).follow().problems())
                .containsExactly("new.yaml: this is UTF-16; save it as UTF-8");
        assertThat(routes.put("new.yaml", text.getBytes(StandardCharsets.UTF_16LE)).follow().problems())
                .singleElement().asString().contains("UTF-8");
        assertThat(routes.put("new.yaml", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)).follow().problems()).isEmpty();
        routes.assertRunning("good", "new");
    }

    @Test
    void aSecondConsumerWhereOnlyOneMayStandIsWrongInTheCheckToo() throws Exception {
        routes.put("in.yaml", "- route: {id: in, from: {uri: 'file:" + home + "/in', steps: [{log: hi}]}}").follow();
        routes.put("too.yaml", "- route: {id: too, from: {uri: 'file:" + home + "/in', steps: [{log: hi}]}}").follow();

        assertThat(routes.problems()).singleElement().asString().startsWith("too.yaml, line 1: the endpoint 'file:")
                .endsWith("is taken by the route 'in'; a second one cannot start");
        assertThat(routes.checked()).isEqualTo(routes.problems());
    }
}
