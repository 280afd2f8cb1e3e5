package chat21.observer.api.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Unpacks what a caller has packed, up to the size that a body may have. */
final class PackedBody {

    private PackedBody() {
    }

    /**
     * The bytes that a body stands for.
     *
     * @param encoding its Content-Encoding, or null
     * @throws RestError if it is too large, is not what the encoding says, or the encoding is another
     */
    static byte[] unpack(byte[] body, String encoding, int maxBytes) {
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        if (body.length == 0 || name.isEmpty() || name.equals("identity")) {
            return body;
        }
        try (InputStream in = open(body, name)) {
            byte[] unpacked = in.readNBytes(maxBytes + 1);
            if (unpacked.length > maxBytes) {
                throw new RestError(413, "The body is too large once it is unpacked.");
            }
            return unpacked;
        } catch (IOException e) {
            throw RestError.bad("The body is not " + name + ", as Content-Encoding says.");
        }
    }

    private static InputStream open(byte[] body, String name) throws IOException {
        InputStream packed = new ByteArrayInputStream(body);
        return switch (name) {
            case "gzip", "x-gzip" -> new GZIPInputStream(packed);
            case "deflate" -> new InflaterInputStream(packed);
            default -> throw new RestError(415, "Content-Encoding must be gzip, deflate or identity");
        };
    }
}
