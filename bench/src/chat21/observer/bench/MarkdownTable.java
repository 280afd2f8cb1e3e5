package chat21.observer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table whose columns also stand in line when read as plain text: text to the left, numbers to the right. */
final class MarkdownTable {

    private final int textColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** With a head, and that many columns of text before those of numbers. */
    MarkdownTable(int textColumns, String... head) {
        this.textColumns = textColumns;
        rows.add(List.of(head));
    }

    MarkdownTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of %d cells under a head of %d".formatted(cells.length, rows.get(0).size()));
        }
        rows.add(List.of(cells).stream().map(cell -> cell.replace("|", "\\|")).toList());
        return this;
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .map(width -> Math.max(width, 3))
                .toArray();
        List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        lines.add(1, IntStream.range(0, widths.length)
                .mapToObj(i -> " " + "-".repeat(widths[i] - 1) + (i < textColumns ? "- " : ": "))
                .collect(Collectors.joining("|", "|", "|")));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> {
                    String blanks = " ".repeat(widths[i] - row.get(i).length());
                    return i < textColumns ? " " + row.get(i) + blanks + " " : " " + blanks + row.get(i) + " ";
                })
                .collect(Collectors.joining("|", "|", "|"));
    }
}
