package chat21.observer.engine.refuse;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How many letters there are for each reason, and how old. */
public final class LetterSummary {

    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(int count, Instant oldest, Instant newest) {

        Row with(Instant at) {
            return new Row(count + 1, oldest == null || at != null && at.isBefore(oldest) ? at : oldest,
                    newest == null || at != null && at.isAfter(newest) ? at : newest);
        }
    }

    public void add(StoredLetter letter) {
        rows.put(letter.reason(), rows.getOrDefault(letter.reason(), new Row(0, null, null)).with(letter.receivedAt()));
    }

    /** Prints one line a reason. */
    public void print(PrintWriter out, Instant now) {
        out.printf("%-22s %7s  %10s  %10s%n", "reason", "count", "oldest", "newest");
        rows.forEach((reason, row) -> out.printf("%-22s %7d  %10s  %10s%n", reason, row.count, age(row.oldest, now),
                age(row.newest, now)));
    }

    static String age(Instant at, Instant now) {
        if (at == null) {
            return "?";
        }
        Duration age = Duration.between(at, now);
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }
}
