package chat21.observer.api.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that are served as they are. */
final class Resource {

    private Resource() {
    }

    static byte[] bytes(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
