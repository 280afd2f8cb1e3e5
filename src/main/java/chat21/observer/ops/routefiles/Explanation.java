package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import chat21.observer.ops.routefiles.RouteFile.Word;
import chat21.observer.protocol.Excerpt;

/** What an error of Camel means to who wrote the file: a line and a sentence. */
final class Explanation {

    private static final Pattern UNKNOWN_PARAMETER = Pattern.compile(
            "resolve endpoint: (?<uri>\\S+) due to.*Unknown parameters=\\[\\{(?<parameter>[^=]+)=", Pattern.DOTALL);
    private static final Pattern UNSUPPORTED = Pattern.compile("Unsupported field: (\\S+)");
    private static final Pattern UNKNOWN_STEP = Pattern.compile("Unknown node id: (\\S+)");
    private static final int LONGEST = 300;

    private final List<Throwable> chain = new ArrayList<>();

    private Explanation(Throwable thrown) {
        for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
            chain.add(t);
        }
    }

    static Explanation of(Throwable thrown) {
        return new Explanation(thrown);
    }

    /** The file that the error concerns: the one that it quotes most of, or whose route it names. */
    RouteFile fileAmong(List<RouteFile> files, CamelContext tried) {
        String location = ConsumerClash.location(tried, route());
        RouteFile named = files.stream().filter(file -> file.resource().getLocation().equals(location))
                .findFirst().orElse(files.get(0));
        if (quoted(named).isPresent()) {
            return named;
        }
        return files.stream().filter(file -> quoted(file).isPresent())
                .max(Comparator.comparingInt(file -> quoted(file).get().text().length())).orElse(named);
    }

    /** The error as a problem of that file. */
    Problem problem(RouteFile file) {
        return new Problem(file.name(), line(file), sentence());
    }

    private int line(RouteFile file) {
        for (Throwable t : chain) {
            if (t instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
                return marked.getProblemMark().get().getLine() + 1;
            }
        }
        Matcher parameter = UNKNOWN_PARAMETER.matcher(said());
        if (parameter.find()) {
            Optional<Word> key = file.content().keys().stream()
                    .filter(word -> word.text().equals(parameter.group("parameter"))).findFirst();
            if (key.isPresent()) {
                return key.get().line();
            }
        }
        return quoted(file).map(Word::line).orElseGet(() -> file.content().routes().stream()
                .filter(route -> route.id() != null && route.id().text().equals(route()))
                .mapToInt(route -> route.id().line()).findFirst().orElseGet(() -> onlyRoute(file)));
    }

    private static int onlyRoute(RouteFile file) {
        List<RouteFile.RouteEntry> routes = file.content().routes();
        return routes.size() == 1 && routes.get(0).from() != null ? routes.get(0).from().line() : 0;
    }

    // The longest value of the file that the error quotes is what it complains about.
    private Optional<Word> quoted(RouteFile file) {
        String said = said();
        return file.content().words().stream()
                .filter(word -> word.text().length() > 2 && !word.text().equals(route()) && said.contains(word.text()))
                .max(Comparator.comparingInt(word -> word.text().length()));
    }

    // But for the dump of the whole route, which quotes everything.
    private String said() {
        return chain.stream().filter(t -> !(t instanceof FailedToCreateRouteException))
                .map(t -> String.valueOf(t.getMessage())).collect(Collectors.joining("\n"));
    }

    private String sentence() {
        String all = said();
        Matcher parameter = UNKNOWN_PARAMETER.matcher(all);
        if (parameter.find()) {
            return "the component '" + parameter.group("uri").replaceFirst(":.*", "") + "' has no option '"
                    + parameter.group("parameter") + "'";
        }
        Matcher step = UNKNOWN_STEP.matcher(all);
        if (step.find()) {
            return "Camel knows no step '" + step.group(1) + "'";
        }
        Matcher field = UNSUPPORTED.matcher(all);
        if (field.find()) {
            return "nothing named '" + field.group(1) + "' belongs here";
        }
        if (innermost().startsWith("expected symbol functionEnd")) {
            return "a '${' in this expression has no '}'";
        }
        String said = innermost().replaceAll("\\s+", " ").strip();
        return said.length() > LONGEST ? Excerpt.of(said, LONGEST) + "…" : said;
    }

    private String route() {
        for (Throwable t : chain) {
            if (t instanceof FailedToCreateRouteException failed && failed.getRouteId() != null) {
                return failed.getRouteId();
            }
            if (t instanceof FailedToStartRouteException failed) {
                return failed.getRouteId();
            }
        }
        return "";
    }

    private String innermost() {
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chain.get(i) instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
                return marked.getProblem();
            }
            if (chain.get(i).getMessage() != null && !chain.get(i).getMessage().isBlank()) {
                return chain.get(i) instanceof ClassNotFoundException
                        ? "there is no class " + chain.get(i).getMessage() : chain.get(i).getMessage();
            }
        }
        return "Camel cannot take this: " + chain.get(chain.size() - 1).getClass().getSimpleName();
    }
}
