package chat21.observer.ops.routefiles;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.Expression;
import org.apache.camel.Predicate;

import chat21.observer.ops.routefiles.RouteFile.BeanEntry;
import chat21.observer.ops.routefiles.RouteFile.BeanUse;
import chat21.observer.ops.routefiles.RouteFile.Word;
import chat21.observer.settings.Slips;

/** Looks up what one file names outside of files: beans and their methods, settings, components. */
final class NameCheck {

    private static final Pattern SETTING = Pattern.compile("\\{\\{([\\w.-]+)}}");
    private static final Pattern SCHEME = Pattern.compile("([a-z][\\w-]*)(?::.*)?", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile("(\\w+).*", Pattern.DOTALL);

    private final Surroundings surroundings;
    private final Map<String, BeanEntry> beans = new HashMap<>();

    /** @param all the files that are to work together */
    NameCheck(Surroundings surroundings, Collection<RouteFile> all) {
        this.surroundings = surroundings;
        all.forEach(file -> file.content().beans().forEach(bean -> beans.put(bean.name().text(), bean)));
    }

    /** What one of the files names in vain. */
    SortedSet<Problem> problems(RouteFile file) {
        SortedSet<Problem> problems = new TreeSet<>();
        if (file.problem() != null) {
            problems.add(file.problem());
        }
        RouteFile.Content content = file.content();
        content.words().forEach(word -> checkSettings(file, word, problems));
        content.uris().forEach(uri -> checkComponent(file, uri, problems));
        content.beanUses().forEach(use -> checkBean(file, use, problems));
        return problems;
    }

    private void checkSettings(RouteFile file, Word word, Collection<Problem> problems) {
        Matcher found = SETTING.matcher(word.text());
        while (found.find()) {
            String key = found.group(1);
            if (!surroundings.hasSetting(key) && !isParameter(file, key)) {
                problems.add(new Problem(file.name(), word.line(), "there is no setting '" + key
                        + "' in application.properties" + Slips.hint(key, surroundings.settings())));
            }
        }
    }

    private static boolean isParameter(RouteFile file, String key) {
        return file.content().templates().stream().anyMatch(template -> template.parameters().contains(key));
    }

    private void checkComponent(RouteFile file, Word uri, Collection<Problem> problems) {
        Matcher scheme = SCHEME.matcher(surroundings.resolved(uri.text()));
        if (scheme.matches() && !surroundings.hasComponent(scheme.group(1))) {
            problems.add(new Problem(file.name(), uri.line(), "there is no component '" + scheme.group(1) + "'"
                    + Slips.hint(scheme.group(1), surroundings.componentNames())));
        }
    }

    private void checkBean(RouteFile file, BeanUse use, Collection<Problem> problems) {
        String name = use.bean().text().replaceFirst("^#(bean:)?", "");
        // What a setting or a message says is known later.
        if (name.contains("{{") || name.contains("${") || name.startsWith("class:")) {
            return;
        }
        Class<?> type = typeOf(name);
        if (type == null && !beans.containsKey(name)) {
            Set<String> known = new TreeSet<>(surroundings.beanNames());
            known.addAll(beans.keySet());
            problems.add(new Problem(file.name(), use.bean().line(),
                    "there is no bean named '" + name + "'" + Slips.hint(name, known)));
        } else if (type != null && use.method() != null) {
            checkMethod(file, name, type, use.method(), problems);
        } else if (type != null && use.isEvaluated() && !isExpression(type)) {
            problems.add(new Problem(file.name(), use.bean().line(), "the bean '" + name
                    + "' is no predicate or expression; name one of its methods: method: {ref: " + name + ", method: …}"));
        }
    }

    private static boolean isExpression(Class<?> type) {
        return Predicate.class.isAssignableFrom(type) || Expression.class.isAssignableFrom(type);
    }

    private static void checkMethod(RouteFile file, String bean, Class<?> type, Word named,
            Collection<Problem> problems) {
        Matcher method = METHOD.matcher(named.text());
        Set<String> methods =
                Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        if (method.matches() && !methods.contains(method.group(1))) {
            problems.add(new Problem(file.name(), named.line(), "the bean '" + bean + "' has no method '"
                    + method.group(1) + "'" + Slips.hint(method.group(1), methods)));
        }
    }

    private Class<?> typeOf(String name) {
        BeanEntry made = beans.get(name);
        if (made == null) {
            Object bean = surroundings.bean(name);
            return bean == null ? null : bean.getClass();
        }
        // A type with constructor arguments or a factory is for the trial.
        return made.type() == null ? null : surroundings.context().getClassResolver().resolveClass(made.type());
    }
}
