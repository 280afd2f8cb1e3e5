package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import chat21.observer.ops.routefiles.RouteFile.BeanEntry;
import chat21.observer.ops.routefiles.RouteFile.BeanUse;
import chat21.observer.ops.routefiles.RouteFile.Content;
import chat21.observer.ops.routefiles.RouteFile.RouteEntry;
import chat21.observer.ops.routefiles.RouteFile.Step;
import chat21.observer.ops.routefiles.RouteFile.TemplateEntry;
import chat21.observer.ops.routefiles.RouteFile.Word;

/** Reads what a file of routes names, and where, without Camel: only Camel says whether it is a route. */
final class ContentReader {

    private static final Logger LOG = LoggerFactory.getLogger(ContentReader.class);
    private static final Set<String> NAMING_AN_ENDPOINT =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "from");
    private static final Set<String> NAMING_A_BEAN = Set.of("bean", "method", "process");
    // What holds an expression, itself or below that key.
    private static final Set<String> ASKING = Set.of("expression", "filter", "when", "split", "setBody", "setHeader",
            "setProperty", "setVariable", "transform", "validate", "loop", "recipientList");
    private static final Set<String> TEXT_FOR_PEOPLE = Set.of("description", "note");
    private static final Pattern CONTINUES_IN = Pattern.compile("Continues in ([\\w-]+)");

    private static final Map<String, String> PATH_PARAMETERS = Map.of("direct", "name", "event", "type", "inbox", "event",
            "policy", "place");

    private final String name;
    private final RouteSource source;
    // Each node once, since an anchor may lead anywhere, back to where it stands too.
    private final Set<Node> collected = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Content content = new Content();

    ContentReader(String name, RouteSource source) {
        this.name = name;
        this.source = source;
    }

    RouteFile read() {
        if (source.problem() != null) {
            return broken(source.line(), source.problem());
        }
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().setLabel(name).setAllowNonScalarKeys(true)
                    .setAllowRecursiveKeys(false).build()).composeString(source.text());
            if (root.isEmpty()) {
                return broken(0, "the file is empty; remove it to take its routes away");
            }
            if (!(root.get() instanceof SequenceNode) && child(root.get(), "apiVersion") == null) {
                return broken(line(root.get()), "a file of routes is a list: its first line begins with '- route:'");
            }
            readWhatIsKnown(root.get());
            return new RouteFile(name, source.text(), content, null);
        } catch (MarkedYamlEngineException e) {
            return broken(e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                    e.getProblem().equals("but found another document")
                            ? "a second document begins here; put it into a file of its own"
                            : "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            return broken(0, "this is not YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private RouteFile broken(int line, String sentence) {
        return new RouteFile(name, source.text(), new Content(), new Problem(name, line, sentence));
    }

    // What is unknown here, or beyond reading, is Camel's to judge.
    private void readWhatIsKnown(Node root) {
        Node list = root instanceof SequenceNode ? root : child(child(root, "spec"), "flows");
        try {
            elements(list).forEach(this::readEntry);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("{} has what only Camel can read", name, e);
        }
    }

    private void readEntry(Node entry) {
        if (entry instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                switch (key(tuple)) {
                    case "route" -> readRoute(tuple.getValueNode(), word(child(tuple.getValueNode(), "id")), false);
                    case "routeTemplate" -> readTemplate(tuple.getValueNode());
                    case "from" -> readRoute(map, word(child(map, "id")), false);
                    case "routeConfiguration" ->
                            Optional.ofNullable(word(child(tuple.getValueNode(), "id"))).ifPresent(content.configurations()::add);
                    case "beans" -> readBeans(tuple.getValueNode());
                    default -> { }
                }
            }
        }
        collect(entry, "", "");
    }

    private void readTemplate(Node template) {
        Set<String> parameters = new TreeSet<>();
        for (Node named : List.of(elements(child(template, "parameters")), elements(child(template, "beans"))).stream()
                .flatMap(List::stream).toList()) {
            Optional.ofNullable(text(named instanceof ScalarNode ? named : child(named, "name"))).ifPresent(parameters::add);
        }
        Node route = child(template, "route") == null ? template : child(template, "route");
        Word id = word(child(template, "id"));
        content.templates().add(new TemplateEntry(id, parameters, endpoint(child(route, "from"))));
        readRoute(route, id, true);
    }

    private void readRoute(Node route, Word id, boolean isTemplate) {
        Node from = child(route, "from");
        List<Step> steps = new ArrayList<>();
        readSteps(child(from, "steps"), 0, steps);
        readSteps(child(route, "steps"), 0, steps);
        content.routes().add(new RouteEntry(id, text(child(route, "description")),
                endpoint(from), word(child(route, "routeConfigurationId")), continuation(text(child(route, "note"))),
                steps, isTemplate));
    }

    private void readBeans(Node beans) {
        for (Node bean : elements(beans)) {
            Word bound = word(child(bean, "name"));
            String type = text(child(bean, "type"));
            if (bound != null) {
                content.beans().add(new BeanEntry(bound, type == null ? null : type.replace("#class:", "")));
            }
        }
    }

    private void readSteps(Node steps, int depth, List<Step> into) {
        for (Node step : elements(steps)) {
            if (step instanceof MappingNode map && !map.getValue().isEmpty()) {
                NodeTuple first = map.getValue().get(0);
                readStep(key(first), first.getValueNode(), depth, into);
            }
        }
    }

    private void readStep(String kind, Node step, int depth, List<Step> into) {
        Word uri = NAMING_AN_ENDPOINT.contains(kind) ? endpoint(step) : null;
        into.add(new Step(kind, text(child(step, "id")), text(child(step, "description")), depth,
                uri == null ? null : RouteFile.directName(uri.text())));
        readSteps(child(step, "steps"), depth + 1, into);
        for (String branch : List.of("when", "otherwise", "doCatch", "doFinally", "onFallback")) {
            Node found = child(step, branch);
            List<Node> all = found instanceof MappingNode ? List.of(found) : elements(found);
            all.forEach(one -> readStep(branch, one, depth + 1, into));
        }
    }

    // A message that is put down, to be taken up by another thread, is in no call; so the note says where it goes on.
    private static String continuation(String note) {
        Matcher found = CONTINUES_IN.matcher(note == null ? "" : note);
        return found.find() ? found.group(1) : null;
    }

    // Every value, and what it names, wherever it stands.
    private void collect(Node node, String key, String parent) {
        if (!collected.add(node)) {
            return;
        }
        if (node instanceof ScalarNode) {
            Word word = word(node);
            if (!TEXT_FOR_PEOPLE.contains(key)) {
                content.words().add(word);
            }
            if (parent.equals("parameters") && word.text().matches("#(bean:)?[\\w.-]+")) {
                content.beanUses().add(new BeanUse(
                        new Word(word.text().replaceFirst("#(bean:)?", ""), word.line()), null, false));
            }
            if (key.equals("ref") && ASKING.contains(parent) || key.equals("expression") && parent.equals("ref")) {
                content.beanUses().add(new BeanUse(word, null, true));
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> collect(one, key, parent));
        } else if (node instanceof MappingNode map) {
            Word bean = NAMING_A_BEAN.contains(key) ? word(child(map, "ref")) : null;
            if (bean != null) {
                content.beanUses().add(new BeanUse(bean, word(child(map, "method")), false));
            }
            for (NodeTuple tuple : map.getValue()) {
                String below = key(tuple);
                content.keys().add(new Word(below, line(tuple.getKeyNode())));
                if (NAMING_AN_ENDPOINT.contains(below) && endpoint(tuple.getValueNode()) != null) {
                    addEndpoint(below, endpoint(tuple.getValueNode()));
                }
                collect(tuple.getValueNode(), below, key);
            }
        }
    }

    private void addEndpoint(String key, Word uri) {
        content.uris().add(uri);
        String called = RouteFile.directName(uri.text());
        if (called != null && !key.equals("from") && !called.contains("${")) {
            content.calls().add(new Word(called, uri.line()));
        }
    }

    private static Word endpoint(Node node) {
        if (node instanceof ScalarNode) {
            return word(node);
        }
        Word uri = word(child(node, "uri"));
        String path = uri == null ? null : PATH_PARAMETERS.get(uri.text());
        String named = path == null ? null : text(child(child(node, "parameters"), path));
        return named == null ? uri : new Word(uri.text() + ":" + named, uri.line());
    }

    private static Node child(Node node, String key) {
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (key(tuple).equals(key)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    private static List<Node> elements(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Word word(Node node) {
        return node instanceof ScalarNode scalar ? new Word(scalar.getValue(), line(node)) : null;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
