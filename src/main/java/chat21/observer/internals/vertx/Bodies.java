package chat21.observer.internals.vertx;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Bodies of requests and of answers, past what the router and its buffers would do with them. */
public final class Bodies {

    private Bodies() {
    }

    /** Gives a request its body, which the router then does not read itself. */
    public static void give(RoutingContext http, Buffer body) {
        RoutingContextInternal internal = (RoutingContextInternal) http;
        internal.visitHandler(RoutingContextInternal.BODY_HANDLER);
        internal.setBody(body);
    }

    /** The bytes as they are; the server's own buffers would copy them. */
    public static Buffer of(byte[] bytes) {
        return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
