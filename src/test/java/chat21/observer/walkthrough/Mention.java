package chat21.observer.walkthrough;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a page names it, in a block or within a sentence.
 *
 * @param program   such as {@code bin/routes} or {@code rabbitmqctl}
 * @param arguments what follows, alternatives and optional ones each by itself
 */
record Mention(String program, List<String> arguments) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final List<String> NO_COMMANDS = List.of("json", "text", "java", "js", "yaml");
    // Its arguments end where another command or a comment begins.
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.#-])(bin/[a-z-]+|rabbitmqctl|rabbitmq-plugins|jcmd)\\b(?!\\.)"
            + "((?:[ \\t]+(?![|#])[^\\s;)<>&`]+)*)");
    private static final Pattern SETTING = Pattern.compile("(?<![\\w$\\{/-])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\\w*(-]|_)");

    /** The first argument that is no option; empty if there is none. */
    String action() {
        return arguments.stream().filter(a -> a.matches("[a-z_-]+") && !a.startsWith("-")).findFirst().orElse("");
    }

    /** Its options, without their values. */
    List<String> options() {
        return arguments.stream().filter(a -> a.startsWith("--")).map(a -> a.replaceFirst("=.*", "")).toList();
    }

    /** The commands that a page names, in their order. */
    static List<Mention> in(String page) {
        List<Mention> mentions = new ArrayList<>();
        for (String code : code(page)) {
            for (Matcher command = COMMAND.matcher(code.replace("\\\n", " ")); command.find();) {
                mentions.add(new Mention(command.group(1), arguments(command.group(2))));
            }
        }
        return mentions;
    }

    /** The settings that a page names. */
    static List<String> settingsIn(String page) {
        return code(page).stream().flatMap(code -> SETTING.matcher(code).results()).map(m -> m.group(1)).distinct().toList();
    }

    private static List<String> code(String page) {
        List<String> code = new ArrayList<>();
        BLOCK.matcher(page).results().filter(block -> !NO_COMMANDS.contains(block.group(1)))
                .forEach(block -> code.add(block.group(2)));
        SPAN.matcher(BLOCK.matcher(page).replaceAll("")).results().forEach(span -> code.add(span.group(1)));
        return code;
    }

    private static List<String> arguments(String text) {
        return Arrays.stream(text.strip().split("[ \\t]+"))
                .flatMap(a -> Arrays.stream(a.replaceAll("[\\[\\]\"',:]", "").split("\\|"))).filter(a -> !a.isEmpty()).toList();
    }
}
