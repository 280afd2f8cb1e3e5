package chat21.observer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a picture: throughput as bars, latency on a logarithmic axis. */
final class Chart {

    private static final double WIDTH = 860;
    private static final double LEFT = 24;
    private static final double PLOT = 236;
    private static final double PLOT_WIDTH = 390;
    private static final double ROW = 20;
    private static final double GAP = 12;

    private final Results results;
    private final List<String> systems;
    private final Svg svg = new Svg();
    private double y = 34;

    private Chart(Results results) {
        this.results = results;
        this.systems = results.systems();
    }

    static String of(Results results) {
        return new Chart(results).draw();
    }

    private String draw() {
        svg.text("title", LEFT, y, "chat21-camel beside a bare relay");
        Machine machine = results.machine();
        svg.text("soft", LEFT, y += 20, "%d × %s, %s; all on this machine, loads on the left".formatted(
                machine.processors(), machine.processor(), machine.broker()));
        legend();
        if (!results.closedLoops().isEmpty()) {
            throughput(byPhase(results.closedLoops()));
        }
        if (!results.openLoops().isEmpty()) {
            latency(byPhase(results.openLoops()));
        }
        return svg.document("Throughput and latency of " + String.join(", ", systems), WIDTH, y + 8);
    }

    private void legend() {
        y += 28;
        double x = LEFT;
        for (String system : systems) {
            svg.rectangle(colour(system), x, y - 11, 12, 12).text("", x + 18, y, system);
            x += 46 + 8 * system.length();
        }
        y += 34;
    }

    private void throughput(Map<Phase, List<Measurement>> phases) {
        svg.text("head", LEFT, y, "Throughput: messages a second, and as a multiple of the relay's");
        y += 14;
        phases.forEach((phase, measurements) -> {
            double most = measurements.stream().mapToDouble(Measurement::messagesPerSecond).max().orElse(1);
            label(phase);
            for (Measurement each : measurements) {
                double width = Math.max(1, PLOT_WIDTH * each.messagesPerSecond() / Math.max(most, 1e-9));
                svg.rectangle(colour(each.system()), PLOT, y + 3, width, ROW - 5);
                svg.text("", PLOT + width + 8, y + 15, Figures.number(each.messagesPerSecond())
                        + ratio(each));
                y += ROW;
            }
            y += GAP;
        });
        y += 22;
    }

    private void latency(Map<Phase, List<Measurement>> phases) {
        svg.text("head", LEFT, y, "Latency: from the median to the 99th percentile, in ms");
        y += 24;
        LogAxis axis = LogAxis.over(results.openLoops().stream()
                .flatMap(each -> List.of(each.latency().p50(), each.latency().p99()).stream()).toList(), PLOT, PLOT_WIDTH);
        double height = phases.values().stream().mapToDouble(rows -> rows.size() * ROW + GAP).sum();
        for (double tick : axis.ticks()) {
            svg.line("grid", axis.at(tick), y, axis.at(tick), y + height);
            svg.centred("soft", axis.at(tick), y - 5, tick < 1 ? String.valueOf(tick) : "%,d".formatted((long) tick));
        }
        phases.forEach((phase, measurements) -> {
            y += GAP / 2;
            label(phase);
            for (Measurement each : measurements) {
                Measurement.Latency latency = each.latency();
                double middle = y + ROW / 2;
                String colour = colour(each.system());
                svg.line(colour + " span", axis.at(latency.p50()), middle, axis.at(latency.p99()), middle)
                        .circle(colour, axis.at(latency.p50()), middle, 5)
                        .rectangle(colour, axis.at(latency.p99()) - 2, middle - 7, 4, 14);
                svg.text("", PLOT + PLOT_WIDTH + 16, y + 15,
                        Figures.number(latency.p50()) + " – " + Figures.number(latency.p99()) + " ms");
                y += ROW;
            }
            y += GAP / 2;
        });
        y += 10;
    }

    private void label(Phase phase) {
        svg.text("", LEFT, y + 15, phase.label());
    }

    private String ratio(Measurement measurement) {
        return measurement.system().equals(Target.RELAY) ? ""
                : " · " + Figures.ratio(results.ratio(measurement, Measurement::messagesPerSecond))
                        + (results.disturbed(measurement) ? " (disturbed)" : "");
    }

    private String colour(String system) {
        // The relay's colour stays its own, even if it was not measured.
        int shift = systems.contains(Target.RELAY) ? 0 : 1;
        return Svg.colour(systems.indexOf(system) + shift);
    }

    private static Map<Phase, List<Measurement>> byPhase(List<Measurement> measurements) {
        return measurements.stream().collect(Collectors.groupingBy(Measurement::phase, LinkedHashMap::new,
                Collectors.toList()));
    }
}
