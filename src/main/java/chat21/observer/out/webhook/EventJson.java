package chat21.observer.out.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import chat21.observer.protocol.EventType;

/** Writes an event around data that are JSON already, so that they are neither parsed nor held once more. */
final class EventJson {

    private final StringBuilder head = new StringBuilder(256);
    private final StringBuilder tail = new StringBuilder(160);
    private byte[] data;

    EventJson(EventType type) {
        head.append("{\"event_type\":\"").append(type.label()).append('"');
    }

    /** Adds a text. */
    EventJson with(String name, String value) {
        StringBuilder json = data == null ? head : tail;
        json.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
        return this;
    }

    /** Adds when it happened, in ms since 1970. */
    EventJson createdAt(long ms) {
        head.append(",\"createdAt\":").append(ms);
        return this;
    }

    /** Adds the data: JSON, not to be changed. */
    EventJson data(byte[] json) {
        head.append(",\"data\":");
        data = json;
        return this;
    }

    /** Adds the topic on which the users' clients hear of it. */
    EventJson topic(String topic) {
        tail.append(",\"extras\":{\"topic\":\"");
        JsonStringEncoder.getInstance().quoteAsString(topic, tail);
        tail.append("\"}");
        return this;
    }

    /** The event as UTF-8 bytes, put together anew with each call. */
    byte[] bytes() {
        byte[] before = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] after = tail.append('}').toString().getBytes(StandardCharsets.UTF_8);
        tail.setLength(tail.length() - 1);
        ByteArrayOutputStream all = new ByteArrayOutputStream(before.length + data.length + after.length);
        all.writeBytes(before);
        all.writeBytes(data);
        all.writeBytes(after);
        return all.toByteArray();
    }
}
