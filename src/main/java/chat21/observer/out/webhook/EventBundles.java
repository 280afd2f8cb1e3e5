package chat21.observer.out.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.rabbitmq.client.AMQP.BasicProperties;

import chat21.observer.message.Publication;

/**
 * The events of a batch, put together into few messages: keeping a message on disk costs the broker as much for one event
 * as for many, and the inboxes would pay for it. An event alone stays as it is; several stand in a message one a line, and
 * its header names their types and ids. Bundles are made one at a time, as they are asked for.
 */
final class EventBundles implements Iterator<Publication> {

    /** The header that lists the events of a bundle, each as its type, a space and its id. */
    static final String EVENTS = "x-events";

    private static final int MAX_EVENTS = 50;
    private static final int MAX_BYTES = 256 * 1024;
    private static final String LINES = "application/x-ndjson";

    private final Iterator<Publication> events;
    private Publication first;
    private byte[] firstBody;

    /** @param events with the same queues, each with its type and its id */
    EventBundles(List<Publication> events) {
        this.events = events.iterator();
        step();
    }

    /** The ids and types in the header of a bundle; empty if it is none. */
    static List<String> namesIn(Map<String, Object> headers) {
        return headers != null && headers.get(EVENTS) instanceof List<?> names
                ? names.stream().map(String::valueOf).toList() : List.of();
    }

    /** The events in the body of a bundle, in the order of its header. */
    static List<byte[]> bodiesIn(byte[] bundle) {
        List<byte[]> bodies = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bundle.length; i++) {
            if (i == bundle.length || bundle[i] == '\n') {
                bodies.add(Arrays.copyOfRange(bundle, from, i));
                from = i + 1;
            }
        }
        return bodies;
    }

    /** The properties with which a message that was given up is published as if new. */
    static BasicProperties again(BasicProperties given) {
        BasicProperties.Builder properties = new BasicProperties.Builder().deliveryMode(2)
                .contentType(given.getContentType()).type(given.getType()).messageId(given.getMessageId());
        List<String> names = namesIn(given.getHeaders());
        return names.isEmpty() ? properties.build() : properties.headers(Map.of(EVENTS, names)).build();
    }

    @Override
    public boolean hasNext() {
        return first != null;
    }

    @Override
    public Publication next() {
        Publication head = first;
        byte[] alone = firstBody;
        List<Publication> parts = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> names = new ArrayList<>();
        do {
            if (!names.isEmpty()) {
                body.write('\n');
            }
            body.writeBytes(firstBody);
            parts.add(first);
            names.add(first.properties().getType() + ' ' + first.properties().getMessageId());
            step();
        } while (first != null && names.size() < MAX_EVENTS && body.size() + firstBody.length < MAX_BYTES);
        return names.size() == 1
                ? new Publication(head.exchange(), head.routingKey(), head.properties(), new Made(alone, parts))
                : new Publication(head.exchange(), head.routingKey(), bundled(head.properties(), names),
                        new Made(body.toByteArray(), parts));
    }

    /** Bytes that are given out once; asked again, as where the broker did not take them, they are made again. */
    private static final class Made implements Supplier<byte[]> {
        private final List<Publication> parts;
        private byte[] once;

        Made(byte[] once, List<Publication> parts) {
            this.once = once;
            this.parts = parts;
        }

        // A bundle is kept until it is confirmed, and need not hold its bytes for so long.
        @Override
        public synchronized byte[] get() {
            byte[] bytes = once == null ? together() : once;
            once = null;
            return bytes;
        }

        private byte[] together() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Publication part : parts) {
                if (body.size() > 0) {
                    body.write('\n');
                }
                body.writeBytes(part.body());
            }
            return body.toByteArray();
        }
    }

    private static BasicProperties bundled(BasicProperties first, List<String> names) {
        Map<String, Object> headers = new HashMap<>(first.getHeaders());
        headers.put(EVENTS, names);
        return new BasicProperties.Builder().deliveryMode(2).contentType(LINES).headers(headers)
                .contentEncoding(StandardCharsets.UTF_8.name()).build();
    }

    private void step() {
        first = events.hasNext() ? events.next() : null;
        // JSON within an event has no line breaks of its own: it was written, not copied.
        firstBody = first == null ? null : first.body();
    }
}
