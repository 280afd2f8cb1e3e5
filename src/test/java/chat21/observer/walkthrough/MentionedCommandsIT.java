package chat21.observer.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.Patience;
import chat21.observer.testing.TestBroker;

/** Whatever command a page names, with whatever option, is one that the command's own help names too. */
class MentionedCommandsIT {

    private final Map<List<String>, String> helps = new HashMap<>();

    @Test
    void eachCommandThatAPageNamesKnowsWhatItIsTold() throws Exception {
        SoftAssertions soft = new SoftAssertions();
        int count = 0;
        for (Path page : Pages.all()) {
            for (Mention mention : Mention.in(Files.readString(page))) {
                count++;
                for (String wrong : wrongIn(mention)) {
                    soft.fail("%s: %s does not know %s", page, mention.program(), wrong);
                }
            }
        }
        soft.assertAll();
        assertThat(count).isGreaterThan(60);
        assertThat(helps.keySet()).extracting(command -> command.get(0))
                .contains("bin/broker", "bin/import", "bin/token", "rabbitmqctl", "bin/webhooks", "jcmd");
    }

    @Test
    void anOptionOrAnActionThatIsNotThereIsFound() throws Exception {
        assertThat(wrongIn(new Mention("bin/dead-letters", List.of("list", "--reasons", "x")))).containsExactly("--reasons");
        assertThat(wrongIn(new Mention("bin/dead-letters", List.of("show", "--limit", "1")))).containsExactly("--limit");
        assertThat(wrongIn(new Mention("bin/webhooks", List.of("lists")))).containsExactly("lists");
        assertThat(wrongIn(new Mention("bin/broker", List.of("restart")))).containsExactly("restart");
        assertThat(wrongIn(new Mention("bin/hawtios", List.of()))).containsExactly("itself");
        assertThat(wrongIn(new Mention("bin/run", List.of("--port", "1")))).containsExactly("--port");
        assertThat(wrongIn(new Mention("rabbitmqctl", List.of("delete_queue", "--if-full")))).containsExactly("--if-full");
        assertThat(wrongIn(new Mention("rabbitmqctl", List.of("delete_queues")))).containsExactly("delete_queues");
        assertThat(wrongIn(new Mention("rabbitmq-plugins", List.of("enable", "rabbitmq_shards")))).containsExactly("rabbitmq_shards");
    }

    private List<String> wrongIn(Mention mention) throws Exception {
        String program = mention.program();
        if (program.startsWith("bin/") && !Files.isExecutable(Path.of(program))) {
            return List.of("itself");
        }
        return switch (program) {
            // It takes none.
            case "bin/run" -> mention.options();
            case "rabbitmqctl" -> wrongForBroker(mention);
            case "rabbitmq-plugins" -> mention.arguments().stream().filter(a -> a.contains("_"))
                    .filter(plugin -> !contains(enabledPlugins(), plugin)).toList();
            case "jcmd" -> unknown(mention.arguments().stream().filter(a -> a.contains(".")).toList(),
                    help("jcmd", String.valueOf(ProcessHandle.current().pid()), "help"));
            default -> wrongForOurs(mention);
        };
    }

    private List<String> wrongForOurs(Mention mention) throws Exception {
        String help = help(mention.program(), "--help");
        List<String> actions = mention.arguments().stream().takeWhile(a -> a.matches("[a-z]+")).toList();
        if (help.contains("start|stop|")) {
            return unknown(actions.stream().limit(1).toList(), help);
        }
        if (!help.contains("Commands:")) {
            return unknown(mention.options(), help);
        }
        List<String> wrong = unknown(actions, help);
        if (!wrong.isEmpty() || mention.options().isEmpty()) {
            return wrong;
        }
        // Each action has a help of its own; where a page names several, one of them may know the option.
        StringBuilder all = new StringBuilder();
        for (String action : actions) {
            all.append(help(mention.program(), action, "--help"));
        }
        return unknown(mention.options(), all.toString());
    }

    private List<String> wrongForBroker(Mention mention) throws Exception {
        List<String> wrong = unknown(List.of(mention.action()), help("rabbitmqctl", "help"));
        return wrong.isEmpty() ? unknown(mention.options(), help("rabbitmqctl", "help", mention.action())) : wrong;
    }

    private static List<String> unknown(List<String> words, String help) {
        return words.stream().filter(word -> !contains(help, word)).toList();
    }

    private static boolean contains(String text, String word) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])").matcher(text).find();
    }

    private static String enabledPlugins() {
        try {
            return Files.readString(Path.of("broker/enabled_plugins"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String help(String... command) throws Exception {
        String known = helps.get(List.of(command));
        if (known != null) {
            return known;
        }
        String help = command[0].equals("rabbitmqctl")
                ? TestBroker.shared().control(List.of(command).subList(1, command.length).toArray(String[]::new))
                : run(command);
        helps.put(List.of(command), help);
        return help;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Patience.untilEndOf(process)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
