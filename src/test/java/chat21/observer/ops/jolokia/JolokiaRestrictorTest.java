package chat21.observer.ops.jolokia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JolokiaRestrictorTest {

    private final JolokiaRestrictor readOnly = new JolokiaRestrictor(true);
    private final JolokiaRestrictor open = new JolokiaRestrictor(false);
    private final ObjectName route = name("org.apache.camel:context=chat21,type=routes,name=\"receive\"");
    private final ObjectName runtime = name("java.lang:type=Runtime");

    @ParameterizedTest
    @ValueSource(strings = {"dumpRoutesAsXml", "dumpRoutesAsXml()", "dumpRouteAsXml()", "dumpRoutesStatsAsXml",
        "dumpRouteStatsAsXml(boolean,boolean)", "dumpRouteStatsAsXml(boolean, boolean)", "processorIds()"})
    void whoMayOnlyLookMayDrawTheRoutes(String operation) {
        assertThat(readOnly.isOperationAllowed(route, operation)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "stop()", "remove()", "reset(boolean)", "updateRouteFromXml(java.lang.String)",
        "sendBody(java.lang.String,java.lang.Object)", "browseAllMessagesAsXml(java.lang.Boolean)",
        "dumpTracedMessagesAsXml(java.lang.String)", "dumpRoutesAsXml(boolean)", "dumpRouteAsXml(boolean,boolean)",
        "dumpRoutesAsXml();stop()", "dumpRoutesAsXmlx", ""})
    void whoMayOnlyLookMayCallNothingElse(String operation) {
        assertThat(readOnly.isOperationAllowed(route, operation)).isFalse();
    }

    @Test
    void operationsOfOthersThanCamelAreNotForLooking() {
        assertThat(readOnly.isOperationAllowed(name("java.lang:type=Memory"), "gc()")).isFalse();
        assertThat(readOnly.isOperationAllowed(name("x:type=routes"), "dumpRoutesAsXml()")).isFalse();
    }

    @Test
    void onlyKindsOfRequestsThatChangeNothingAreForLooking() {
        Set<RequestType> allowed = Arrays.stream(RequestType.values()).filter(readOnly::isTypeAllowed)
                .collect(Collectors.toSet());

        assertThat(allowed).doesNotContain(RequestType.WRITE, RequestType.CONFIG, RequestType.NOTIFICATION);
        assertThat(readOnly.isAttributeWriteAllowed(route, "Tracing")).isFalse();
        assertThat(open.isAttributeWriteAllowed(route, "Tracing")).isTrue();
        assertThat(open.isOperationAllowed(route, "stop()")).isTrue();
    }

    @Test
    void nobodySeesWhatTheProcessWasStartedWithOrBeansOfOthers() {
        for (JolokiaRestrictor any : new JolokiaRestrictor[] {readOnly, open}) {
            assertThat(any.isAttributeReadAllowed(runtime, "SystemProperties")).isFalse();
            assertThat(any.isAttributeReadAllowed(runtime, "InputArguments")).isFalse();
            assertThat(any.isAttributeReadAllowed(runtime, "Uptime")).isTrue();
            assertThat(any.isAttributeReadAllowed(name("com.sun.management:type=HotSpotDiagnostic"), "x")).isFalse();
            assertThat(any.isOperationAllowed(name("com.sun.management:type=DiagnosticCommand"), "vmFlags()")).isFalse();
            assertThat(any.isObjectNameHidden(name("com.sun.management:type=DiagnosticCommand"))).isTrue();
        }
    }

    @Test
    void onlyPagesOfThisMachineMayCall() {
        assertThat(readOnly.isOriginAllowed(null, true)).isTrue();
        assertThat(readOnly.isOriginAllowed("http://localhost:8006", true)).isTrue();
        assertThat(readOnly.isOriginAllowed("http://127.0.0.1:8006/hawtio/camel", false)).isTrue();
        assertThat(readOnly.isOriginAllowed("https://evil.example", false)).isFalse();
        assertThat(readOnly.isOriginAllowed("http://localhost.evil.example", false)).isFalse();
        assertThat(readOnly.isOriginAllowed("null", true)).isFalse();
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }
}
