package chat21.observer.flow.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import chat21.observer.flow.history.PageReader.Extent;

/** A page of a list as clients read it, put together of entries that are JSON already. */
public final class JsonPage {

    private static final byte[] BEGINNING = "{\"success\":true,\"result\":[".getBytes(StandardCharsets.UTF_8);

    private final PageRoom room;
    private final List<byte[]> entries = new ArrayList<>();
    private final StringBuilder end = new StringBuilder("]");

    public JsonPage(PageRoom room) {
        this.room = room;
    }

    /** Adds an entry, unless there is no room for it. */
    public boolean add(byte[] entry) {
        return room.take(entry.length + 1) && entries.add(entry);
    }

    /** Says something about the page, after its entries. */
    public void put(String field, Object value) {
        end.append(",\"").append(field).append("\":");
        if (value instanceof String text) {
            end.append('"').append(JsonStringEncoder.getInstance().quoteAsString(text)).append('"');
        } else {
            end.append(value);
        }
    }

    /** The whole, newest entry first, with the cursor of the page after it where there may be one. */
    public byte[] bytes(Page page, Extent extent) {
        if (page.newer()) {
            Collections.reverse(entries);
        }
        if (!extent.isLast() && extent.oldest() != null) {
            put("next", extent.oldest());
        }
        if (extent.isCut()) {
            put("more", true);
        }
        return bytes();
    }

    private byte[] bytes() {
        byte[] last = end.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[BEGINNING.length + last.length + Math.max(0, entries.size() - 1)
                + entries.stream().mapToInt(entry -> entry.length).sum()];
        int at = put(all, 0, BEGINNING);
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                all[at++] = ',';
            }
            at = put(all, at, entries.get(i));
        }
        put(all, at, last);
        return all;
    }

    private static int put(byte[] all, int at, byte[] part) {
        System.arraycopy(part, 0, all, at, part.length);
        return at + part.length;
    }
}
