package chat21.observer.internals.vertx;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Refuses a request that says its length in two ways, and one whose headers do not come to their end in time. The usual decoder
 * believes one of two lengths; a proxy in front may believe the other, and then what one takes for a body is a request of
 * somebody else to the other. And it waits as long as now and then a byte comes.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";

    private final long headersMs;
    private Future<?> deadline;

    private StrictDecoder(HttpServerOptions options, long headersMs) {
        super(options);
        this.headersMs = headersMs;
    }

    /**
     * Makes a connection strict, before anything is read from it.
     *
     * @param headersMs how long the headers of a request may take to arrive, and each part of a body, in ms
     */
    static void install(HttpConnection connection, HttpServerOptions options, long headersMs) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
        pipeline.replace(NAME, NAME, new StrictDecoder(options, headersMs));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before) {
            forget();
        } else if (deadline == null) {
            deadline = context.executor().schedule((Runnable) context::close, headersMs, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        forget();
        super.handlerRemoved0(context);
    }

    private void forget() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
    }
}
