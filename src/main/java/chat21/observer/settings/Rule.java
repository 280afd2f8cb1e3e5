package chat21.observer.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the value of a setting, without white space around it, must be. */
@FunctionalInterface
interface Rule {

    /** @throws IllegalArgumentException whose message goes on after the name of the setting: what must be, and what is */
    void check(String value);

    /** Any text, also none. */
    static Rule text() {
        return value -> { };
    }

    /** Any text but none. */
    static Rule required() {
        return required(text());
    }

    /** Not empty, and then as another rule says. */
    static Rule required(Rule other) {
        return value -> {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("must not be empty");
            }
            other.check(value);
        };
    }

    /** Empty, or as another rule says. */
    static Rule optional(Rule other) {
        return value -> {
            if (!value.isEmpty()) {
                other.check(value);
            }
        };
    }

    /** A whole number within bounds, both included. */
    static Rule number(long min, long max) {
        return of("a whole number from " + min + " to " + max, value -> {
            try {
                long number = Long.parseLong(value);
                return number >= min && number <= max && !value.startsWith("+");
            } catch (NumberFormatException e) {
                return false;
            }
        });
    }

    /** {@code true} or {@code false}. */
    static Rule flag() {
        return choice("true", "false");
    }

    /** One of these words. */
    static Rule choice(String... words) {
        List<String> all = List.of(words);
        String last = all.get(all.size() - 1);
        return of(String.join(", ", all.subList(0, all.size() - 1)) + " or " + last, all::contains);
    }

    /** A comma list of what fits a pattern; it may be empty. */
    static Rule list(String what, String pattern) {
        Pattern each = Pattern.compile(pattern);
        return of("a comma list of " + what, value -> Arrays.stream(value.split(",")).map(String::strip)
                .allMatch(one -> one.isEmpty() || each.matcher(one).matches()));
    }

    /** What fits a pattern. */
    static Rule shaped(String what, String pattern) {
        Pattern shape = Pattern.compile(pattern);
        return of(what, value -> shape.matcher(value).matches());
    }

    /** What a reader takes; its own complaint says what must be. */
    static Rule readBy(Consumer<String> reader) {
        return required(reader::accept);
    }

    /** A folder that is there. */
    static Rule folder() {
        return of("a folder that is there and can be read", value -> isReadable(value, Files::isDirectory));
    }

    /** A folder that is there or can be made. */
    static Rule anyFolder() {
        return of("a folder, or the path of one that can be made", value -> {
            try {
                Path path = Path.of(value).toAbsolutePath();
                return (Files.isDirectory(path) || Files.notExists(path)) && StreamSupport.stream(path.spliterator(), false)
                        .allMatch(name -> name.toString().getBytes(StandardCharsets.UTF_8).length < 256);
            } catch (InvalidPathException e) {
                return false;
            }
        });
    }

    /** A file that is there. */
    static Rule file() {
        return of("a file that is there and can be read", value -> isReadable(value, Files::isRegularFile));
    }

    /** A file that is there, where it could have been a URL too. */
    static Rule urlOrFile() {
        return of("a URL, or a file that is there and can be read", value -> isReadable(value, Files::isRegularFile));
    }

    /** A name or an address that can be listened on. */
    static Rule ownHost() {
        return of("a name or an address of this machine, or 0.0.0.0 for all", value -> {
            try {
                return value.chars().noneMatch(c -> c <= ' ' || c == '/') && InetAddress.getByName(value) != null;
            } catch (UnknownHostException e) {
                return false;
            }
        });
    }

    private static boolean isReadable(String path, Predicate<Path> isOne) {
        try {
            return isOne.test(Path.of(path)) && Files.isReadable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Rule of(String what, Predicate<String> isRight) {
        return value -> {
            if (!isRight.test(value)) {
                throw new IllegalArgumentException("must be " + what + ", but is '" + shown(value) + "'");
            }
        };
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }

    /** The words themselves, each on its own, as a comma list; none where that word stands alone. */
    static Rule someOf(String none, String... words) {
        List<String> all = List.of(words);
        return of(none + " or a comma list of " + String.join(", ", all), value -> value.equals(none)
                || !value.isEmpty() && Stream.of(value.split(",")).map(String::strip).filter(one -> !one.isEmpty())
                        .allMatch(all::contains));
    }
}
