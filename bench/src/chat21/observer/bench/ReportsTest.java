package chat21.observer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportsTest {

    private static final Phase CLOSED = Phase.parse("direct:100");
    private static final Phase OPEN = Phase.parse("direct@500");

    private final Results results = new Results("2026-01-01T00:00:00Z",
            new Machine(2, "Some CPU", 8, "Linux", "Java 17", "RabbitMQ <3>"), "ten seconds",
            List.of(new StartUp("relay", null, 500L), new StartUp("observer", 2_345L, 2_500L)),
            List.of(measured("relay", CLOSED, 4_000, 1), measured("observer", CLOSED, 3_000, 2),
                    measured("relay", OPEN, 500, 1), measured("observer", OPEN, 500, 3)));

    @Test
    void eachFigureStandsBesideItsMultipleOfTheRelays() {
        String report = MarkdownReport.of(results);

        assertThat(report.lines().filter(line -> line.startsWith("| direct, 100 on the way"))).satisfiesExactly(
                relay -> assertThat(relay).contains("| relay ", " 4,000 ", " 1.00× "),
                observer -> assertThat(observer).contains("| observer ", " 3,000 ", " 0.75× "));
        assertThat(report.lines().filter(line -> line.startsWith("| direct, 500 msg/s")).toList().get(1)).contains(" 3.00× ");
        assertThat(report).contains("| observer | 2,345 |");
    }

    @Test
    void withoutARelayThereIsNoMultiple() {
        Results alone = new Results("", results.machine(), "", List.of(), List.of(measured("observer", CLOSED, 3_000, 2)));

        assertThat(MarkdownReport.of(alone)).contains(" 3,000 |   – |        – |");
        assertThat(Chart.of(alone)).contains(">3,000 · –<");
    }

    @Test
    void theJsonHoldsTheRawFigures() throws Exception {
        JsonNode second = new ObjectMapper().readTree(Reports.json(results)).at("/measurements/1");

        assertThat(second.get("system").asText()).isEqualTo("observer");
        assertThat(second.get("phase").asText()).isEqualTo("direct:100");
        assertThat(second.get("messagesPerSecond").asDouble()).isEqualTo(3_000);
        assertThat(second.at("/latency/p99").asDouble()).isEqualTo(20);
    }

    @Test
    void theChartIsSoundXmlThatNamesEachSystemAndFigure() throws Exception {
        Document chart = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(Chart.of(results).getBytes(StandardCharsets.UTF_8)));

        assertThat(chart.getDocumentElement().getTextContent())
                .contains("relay", "observer", "RabbitMQ <3>", "3,000 · 0.75×", "3.00 – 30.0 ms");
    }

    @Test
    void aLostMessageSpoilsTheResults() {
        assertThat(results.flawless()).isTrue();
        assertThat(new Results("", results.machine(), "", List.of(), List.of(
                new Measurement("relay", CLOSED, 1, 1, 1, null, null, null, null, null, null, null, 300, 2, 1, 0, 0, 0))).flawless())
                .isFalse();
    }

    @Test
    void aMultipleIsDoubtfulIfOtherProcessesDisturbedIt() {
        Measurement calm = measured("relay", CLOSED, 4_000, 1);
        Measurement observer = measured("observer", CLOSED, 3_000, 2);
        Measurement disturbed = new Measurement("observer", CLOSED, 10, observer.copies(), observer.messages(),
                observer.latency(), 220.0, 110.0, null, 50.0, 60.0, 400L, 300, 1, 0, 2, 0, 0);

        assertThat(MarkdownReport.of(new Results("", results.machine(), "", List.of(), List.of(calm, disturbed))))
                .contains(" 0.75× ? ");
        Measurement chosen = Measurement.leastDisturbed(List.of(disturbed, observer));
        assertThat(chosen.othersPercent()).isEqualTo(1.0);
        assertThat(chosen.outOfOrder()).isEqualTo(2);
    }

    private static Measurement measured(String system, Phase phase, int perSecond, double milliseconds) {
        return new Measurement(system, phase, 10, perSecond * 20L, perSecond * 10,
                new Measurement.Latency(100, milliseconds, milliseconds, milliseconds * 5, milliseconds * 10, milliseconds * 20),
                220.0, 110.0, null, 50.0, 1.0, 400L, 300, perSecond * 10, 0, 0, 0, 0);
    }
}
