package chat21.observer.engine.redelivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import chat21.observer.message.Delivery;

/**
 * What is remembered of a stored delivery: by its digest it is known again, and gets the same id and timestamp.
 *
 * @param digest    16 bytes of the SHA-256 of routing key and payload
 * @param messageId the id that it got
 * @param timestamp the timestamp that it got, in ms since 1970
 */
record StoredEntry(byte[] digest, UUID messageId, long timestamp) {

    private static final int DIGEST_BYTES = 16;
    private static final int BYTES = DIGEST_BYTES + 24;

    static byte[] digestOf(Delivery delivery) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(delivery.routingKey().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return Arrays.copyOf(sha.digest(delivery.body()), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] write(List<StoredEntry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * BYTES);
        for (StoredEntry e : entries) {
            bytes.put(e.digest).putLong(e.messageId.getMostSignificantBits())
                    .putLong(e.messageId.getLeastSignificantBits()).putLong(e.timestamp);
        }
        return bytes.array();
    }

    static List<StoredEntry> read(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<StoredEntry> entries = new ArrayList<>(stored.length / BYTES);
        while (bytes.remaining() >= BYTES) {
            byte[] digest = new byte[DIGEST_BYTES];
            bytes.get(digest);
            entries.add(new StoredEntry(digest, new UUID(bytes.getLong(), bytes.getLong()), bytes.getLong()));
        }
        return entries;
    }
}
