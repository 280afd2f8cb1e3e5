package chat21.observer.flow.history;

import java.sql.SQLException;
import java.util.List;

/** Reads a page of a list from its cursor on, part by part, until somebody has no room for more. */
public final class PageReader {

    private PageReader() {
    }

    /** A row of a list, by the time and the id that its list is ordered by. */
    public interface Listed {

        /** In ms since 1970. */
        long timestamp();

        String id();
    }

    /** Reads the rows of a part from the database. */
    @FunctionalInterface
    public interface Rows<R> {
        List<R> of(Page part) throws SQLException;
    }

    /** Takes a row; false if there is no room for it. */
    @FunctionalInterface
    public interface Taker<R> {
        boolean take(R row) throws SQLException;
    }

    /**
     * How far a page was read.
     *
     * @param oldest the cursor of the oldest row that was taken; null if none was
     * @param isLast whether the list ends there
     * @param isCut  whether there was no room for the rest of the page
     */
    public record Extent(String oldest, boolean isLast, boolean isCut) {
    }

    /** Hands over the rows of a page in their order, from the cursor on. */
    public static <R extends Listed> Extent read(Page page, Rows<R> rows, Taker<R> taker) throws SQLException {
        String first = null;
        String last = null;
        int read = 0;
        for (Page part = page.beginning(); part != null;) {
            List<R> found = rows.of(part);
            for (R row : found) {
                if (!taker.take(row)) {
                    return new Extent(page.newer() ? first : last, false, true);
                }
                last = Page.cursor(row.timestamp(), row.id());
                first = first == null ? last : first;
            }
            if (found.size() < part.limit()) {
                return new Extent(page.newer() ? first : last, true, false);
            }
            read += found.size();
            R end = found.get(found.size() - 1);
            part = page.following(part, read, end.timestamp(), end.id());
        }
        return new Extent(page.newer() ? first : last, false, false);
    }
}
