package chat21.observer.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import org.junit.jupiter.api.Test;

class BundlingFrameHandlerTest {

    private final List<String> calls = new ArrayList<>();
    private final FrameHandler stock = (FrameHandler) Proxy.newProxyInstance(FrameHandler.class.getClassLoader(),
            new Class<?>[] {FrameHandler.class}, (proxy, method, arguments) -> {
                calls.add(method.getName());
                return null;
            });
    private boolean bundleIsOpen;
    private final FrameHandler handler = new BundlingFrameHandler(stock, () -> bundleIsOpen);

    @Test
    void framesLeaveAtOnceWhereNoBundleIsOpen() throws Exception {
        handler.writeFrame(new Frame(8, 0));
        handler.flush();

        assertThat(calls).containsExactly("writeFrame", "flush");
    }

    @Test
    void framesOfABundleLeaveTogether() throws Exception {
        bundleIsOpen = true;
        handler.writeFrame(new Frame(8, 0));
        handler.flush();
        handler.writeFrame(new Frame(8, 0));
        handler.flush();
        bundleIsOpen = false;
        handler.flush();

        assertThat(calls).containsExactly("writeFrame", "writeFrame", "flush");
    }
}
