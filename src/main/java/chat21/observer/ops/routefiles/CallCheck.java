package chat21.observer.ops.routefiles;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import chat21.observer.ops.routefiles.RouteFile.BeanEntry;
import chat21.observer.ops.routefiles.RouteFile.RouteEntry;
import chat21.observer.ops.routefiles.RouteFile.Word;
import chat21.observer.settings.Slips;

/**
 * Looks at the files together: each id and each {@code direct:} name once, an answer to every call, and every route
 * configuration that a route asks for.
 */
final class CallCheck {

    private final Surroundings surroundings;
    private final Map<String, RouteFile> running;

    /** @param running what runs now, by name: where two files contradict each other, the one that runs is right */
    CallCheck(Surroundings surroundings, Map<String, RouteFile> running) {
        this.surroundings = surroundings;
        this.running = running;
    }

    /** What the files get wrong between each other. */
    SortedSet<Problem> problems(Collection<RouteFile> files) {
        SortedSet<Problem> problems = new TreeSet<>();
        once("route id", files, content -> content.routes().stream().map(RouteEntry::id), problems);
        Set<String> answers = once("endpoint direct:", files, content -> content.routes().stream()
                .filter(route -> route.answers() != null)
                .map(route -> new Word(route.answers(), route.from().line())), problems);
        Set<String> configurations =
                once("route configuration", files, content -> content.configurations().stream(), problems);
        once("bean name", files, content -> content.beans().stream().map(BeanEntry::name), problems);
        checkBeanNames(files, problems);
        // Nobody knows what a file that is not YAML was to answer.
        if (files.stream().allMatch(file -> file.problem() == null)) {
            checkCalls(files, answers, problems);
            files.forEach(file -> checkConfigurations(file, configurations, problems));
        }
        return problems;
    }

    // Who has a name now keeps it; else who comes first in the alphabet has it.
    private Set<String> once(String what, Collection<RouteFile> files, Function<RouteFile.Content, Stream<Word>> names,
            Collection<Problem> problems) {
        Function<RouteFile, List<Word>> words =
                file -> file == null ? List.of() : names.apply(file.content()).filter(Objects::nonNull).toList();
        Map<String, String> owners = new HashMap<>();
        for (RouteFile file : files) {
            Set<String> now = words.apply(file).stream().map(Word::text).collect(Collectors.toSet());
            words.apply(running.get(file.name())).stream().map(Word::text).filter(now::contains)
                    .forEach(name -> owners.put(name, file.name()));
        }
        files.forEach(file -> words.apply(file).forEach(word -> owners.putIfAbsent(word.text(), file.name())));
        for (RouteFile file : files) {
            Set<String> here = new HashSet<>();
            words.apply(file).forEach(word -> {
                String owner = owners.get(word.text());
                if (!owner.equals(file.name()) || !here.add(word.text())) {
                    problems.add(new Problem(file.name(), word.line(), "the " + what + (what.endsWith(":") ? "" : " ")
                            + "'" + word.text() + "' is taken by " + owner));
                }
            });
        }
        return owners.keySet();
    }

    private void checkBeanNames(Collection<RouteFile> files, Collection<Problem> problems) {
        Set<String> ofFiles = new TreeSet<>();
        running.values().forEach(file -> file.content().beans().forEach(bean -> ofFiles.add(bean.name().text())));
        for (RouteFile file : files) {
            file.content().beans().stream()
                    .filter(bean -> !ofFiles.contains(bean.name().text()))
                    .filter(bean -> surroundings.bean(bean.name().text()) != null)
                    .forEach(bean -> problems.add(new Problem(file.name(), bean.name().line(), "the bean name '"
                            + bean.name().text() + "' is taken by the application")));
        }
    }

    private void checkCalls(Collection<RouteFile> files, Set<String> answeredByFiles, Collection<Problem> problems) {
        Set<String> routesOfFiles = new TreeSet<>();
        running.values().forEach(file -> file.content().routes().stream().filter(route -> route.id() != null)
                .forEach(route -> routesOfFiles.add(route.id().text())));
        Set<String> answered = new TreeSet<>(surroundings.answeredElsewhere(routesOfFiles));
        answered.addAll(answeredByFiles);
        for (RouteFile file : files) {
            for (Word call : file.content().calls()) {
                String called = RouteFile.directName(surroundings.resolved("direct:" + call.text()));
                if (!answered.contains(called) && !mayBeAnswered(files, called)) {
                    problems.add(unanswered(file, call, called, answered));
                }
            }
        }
        surroundings.entrances().stream().filter(entrance -> !answered.contains(entrance)).forEach(entrance ->
                problems.add(gone(entrance, "the application calls it")));
    }

    private static boolean mayBeAnswered(Collection<RouteFile> files, String called) {
        return files.stream().flatMap(file -> file.content().templates().stream())
                .anyMatch(template -> template.mayAnswer(called));
    }

    private void checkConfigurations(RouteFile file, Set<String> known, Collection<Problem> problems) {
        for (RouteEntry route : file.content().routes()) {
            Word id = route.configuration();
            if (id != null && !known.contains(id.text())) {
                RouteFile was = provider(old -> old.content().configurations().stream()
                        .anyMatch(one -> one.text().equals(id.text())));
                problems.add(was == null
                        ? new Problem(file.name(), id.line(), "there is no route configuration '" + id.text() + "'"
                                + Slips.hint(id.text(), known))
                        : new Problem(was.name(), 0, "the route configuration '" + id.text() + "' is missing, and "
                                + file.name() + ", line " + id.line() + ", asks for it"));
            }
        }
    }

    // Who took away what runs is to blame, and not the caller.
    private Problem unanswered(RouteFile caller, Word call, String called, Set<String> answered) {
        if (formerly(called) != null) {
            return gone(called, caller.name() + ", line " + call.line() + ", calls it");
        }
        return new Problem(caller.name(), call.line(),
                "no route answers 'direct:" + called + "'" + Slips.hint(called, answered));
    }

    private Problem gone(String called, String who) {
        RouteFile was = formerly(called);
        return new Problem(was == null ? "routes" : was.name(), 0,
                "the route that answers 'direct:" + called + "' is missing, and " + who);
    }

    private RouteFile formerly(String called) {
        return provider(file -> file.content().routes().stream().anyMatch(route -> called.equals(route.answers())));
    }

    private RouteFile provider(Predicate<RouteFile> provides) {
        return running.values().stream().filter(provides).findFirst().orElse(null);
    }
}
