package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * One file of routes at one moment.
 *
 * @param name    as an integrator would type it, such as {@code routes/receive.yaml}
 * @param text    what stands in it
 * @param content what that says; empty where it is not YAML
 * @param problem why it is not YAML, or not to be read, or null
 */
public record RouteFile(String name, String text, Content content, Problem problem) {

    /** A word and where it stands. */
    record Word(String text, int line) {
    }

    /**
     * A use of a bean.
     *
     * @param method      the method that is named, or null
     * @param isEvaluated whether it is itself asked, as a predicate or an expression
     */
    record BeanUse(Word bean, Word method, boolean isEvaluated) {
    }

    /**
     * A bean that the file makes.
     *
     * @param type its class
     */
    record BeanEntry(Word name, String type) {
    }

    /**
     * A step of a route, or a branch of one.
     *
     * @param kind  its key in the YAML
     * @param depth how many steps it stands in
     * @param call  the {@code direct:} name that it calls, or null
     */
    record Step(String kind, String id, String description, int depth, String call) {
    }

    /**
     * A route.
     *
     * @param from          where its messages come from
     * @param configuration the id of its route configuration, or null
     * @param continuesIn   the route that goes on with what this one puts down, or null
     * @param isTemplate    whether routes are made of it later
     */
    record RouteEntry(Word id, String description, Word from, Word configuration, String continuesIn, List<Step> steps,
            boolean isTemplate) {

        /** The {@code direct:} name that it answers, or null. */
        String answers() {
            return from == null || isTemplate ? null : directName(from.text());
        }
    }

    /**
     * A template of routes, of which the application makes as many as it needs when it starts.
     *
     * @param parameters what stands for a setting in it
     * @param from       where the messages of its routes come from, or null
     */
    record TemplateEntry(Word id, Set<String> parameters, Word from) {

        /** Whether a route of it may answer such a {@code direct:} name. */
        boolean mayAnswer(String called) {
            String answers = from == null ? null : directName(from.text());
            return answers != null && called.matches(Stream.of(answers.split("\\{\\{[^}]*}}", -1)).map(Pattern::quote)
                    .collect(Collectors.joining(".*")));
        }
    }

    /**
     * What a file says.
     *
     * @param routes         templates included, as one route each
     * @param configurations ids of route configurations
     * @param uris           everything that names an endpoint
     * @param calls          {@code direct:} names that are called
     * @param beanUses       beans that are named
     * @param words          every value in it
     * @param keys           every key in it
     */
    record Content(List<RouteEntry> routes, List<Word> configurations, List<BeanEntry> beans, List<Word> uris,
            List<Word> calls, List<BeanUse> beanUses, List<Word> words, List<Word> keys,
            List<TemplateEntry> templates) {

        /** What nothing has been read of yet. */
        Content() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Reads a text; never fails. */
    public static RouteFile of(String name, String text) {
        return of(name, RouteSource.of(text));
    }

    static RouteFile of(String name, RouteSource source) {
        return new ContentReader(name, source).read();
    }

    /** The file as Camel loads it, which chooses the reader by what follows the first dot of the name. */
    Resource resource() {
        int last = name.lastIndexOf('/') + 1;
        String file = name.substring(last);
        String read = file.matches("[^.]*\\.yaml") ? file : file.replace('.', '-') + ".yaml";
        return ResourceHelper.fromString("file:" + name.substring(0, last) + read, text);
    }

    /** Whether both say the same. */
    boolean isSame(RouteFile other) {
        return other != null && text.equals(other.text) && Objects.equals(problem, other.problem);
    }

    static String directName(String uri) {
        if (!uri.startsWith("direct:")) {
            return null;
        }
        String name = uri.substring("direct:".length()).replaceFirst("^//", "");
        int query = name.indexOf('?');
        return query < 0 ? name : name.substring(0, query);
    }
}
