package chat21.observer.bench;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results as tables, for the console and for {@code bench.md}. */
final class MarkdownReport {

    private MarkdownReport() {
    }

    static String of(Results results) {
        StringBuilder report = new StringBuilder("# Benchmark\n\n");
        report.append(results.machine().describe()).append("; ").append(results.measuredAt()).append(". ")
                .append(results.conditions()).append("\n\n");
        report.append("""
                Broker, system and load share this machine. The bare relay republishes bytes and does nothing else: it is
                the broker's limit, and each figure is to be read as a multiple of the relay's (×) in the same run. A
                message is done when the last of its copies has arrived. CPU is in µs per message; "× by CPU" compares
                the sum of it, which is what the throughput would compare if nothing else ran. "Others" is the share of all
                processors that went to none of the three; above 20 %, in a row or in the relay's, a multiple has a "?".
                """);
        if (!results.closedLoops().isEmpty()) {
            report.append("\n## Throughput: the most that is sustained\n\n").append(throughput(results));
        }
        if (!results.openLoops().isEmpty()) {
            report.append("\n## Latency at a steady rate, in ms from when a message was due\n\n").append(latency(results));
        }
        if (!results.reads().isEmpty()) {
            report.append("\n## Reading over HTTP at a steady rate, in ms from when a request was due\n\n").append(reads(results));
        }
        if (!results.webhooks().isEmpty()) {
            report.append("\n## Webhooks: from when a message was due to the event that is wanted, in ms\n\n")
                    .append(webhooks(results));
        }
        if (!results.connects().isEmpty()) {
            report.append("\n## Clients that come, in ms\n\n").append(connects(results));
        }
        report.append("\n## Start-up, in ms from the start of the process\n\n").append(startUp(results));
        return report.toString();
    }

    private static MarkdownTable throughput(Results results) {
        MarkdownTable table = new MarkdownTable(2, "load", "system", "msg/s", "×", "× by CPU", "copies/s", "CPU system",
                "per copy", "CPU database", "CPU broker", "CPU load", "memory MB", "others", "lost", "out of order");
        for (Measurement each : results.closedLoops()) {
            Double micros = each.systemMicros();
            table.row(each.phase().label(), each.system(), Figures.number(each.messagesPerSecond()),
                    ratio(results, each, Measurement::messagesPerSecond),
                    Figures.ratio(results.ratio(each, one -> 1 / one.allMicros())),
                    Figures.number(each.copiesPerSecond()), Figures.number(micros),
                    Figures.number(micros == null ? null : micros / each.phase().copiesPerMessage()),
                    Figures.number(each.databaseMicros()), Figures.number(each.brokerMicros()),
                    Figures.number(each.loadMicros()),
                    Figures.number(each.residentMegabytes()), Figures.percent(each.othersPercent()),
                    Figures.number(each.lost()), Figures.number(each.outOfOrder()));
        }
        return table;
    }

    private static MarkdownTable latency(Results results) {
        MarkdownTable table = new MarkdownTable(2, "load", "system", "mean", "p50", "p99", "max", "p50 ×", "p99 ×",
                "msg/s", "memory MB", "others", "lost", "out of order");
        for (Measurement each : results.openLoops()) {
            Measurement.Latency latency = each.latency();
            table.row(each.phase().label(), each.system(), Figures.number(latency.mean()), Figures.number(latency.p50()),
                    Figures.number(latency.p99()), Figures.number(latency.max()),
                    ratio(results, each, one -> one.latency().p50()),
                    ratio(results, each, one -> one.latency().p99()),
                    Figures.number(each.messagesPerSecond()), Figures.number(each.residentMegabytes()),
                    Figures.percent(each.othersPercent()), Figures.number(each.lost()), Figures.number(each.outOfOrder()));
        }
        return table;
    }

    private static MarkdownTable reads(Results results) {
        MarkdownTable table = new MarkdownTable(3, "load", "system", "request", "stored", "users", "mean", "p50", "p99", "max",
                "bytes", "CPU system", "memory MB", "others", "failed");
        for (ReadMeasurement each : results.reads()) {
            Measurement.Latency latency = each.latency();
            table.row(each.load().toString(), each.system(), each.kind().toString(), Figures.number(each.stored()),
                    Figures.number(each.users()), Figures.number(latency.mean()), Figures.number(latency.p50()),
                    Figures.number(latency.p99()), Figures.number(latency.max()), Figures.number(each.bytes()),
                    Figures.number(each.systemMicros()), Figures.number(each.megabytes()),
                    Figures.percent(each.othersPercent()), Figures.number(each.failed()));
        }
        return table;
    }

    private static MarkdownTable webhooks(Results results) {
        MarkdownTable table = new MarkdownTable(3, "load", "system", "endpoint", "events", "mean", "p50", "p99", "p99 ×",
                "refused", "missing");
        double willing = 0;
        for (WebhookMeasurement each : results.webhooks()) {
            Measurement.Latency latency = each.latency();
            // Of each load it comes first, and is what the other one is compared with.
            willing = each.endpoint().equals(BackEnd.WILLING) ? latency.p99() : willing;
            table.row(each.load().toString(), each.system(), each.endpoint(), Figures.number(latency.count()),
                    Figures.number(latency.mean()), Figures.number(latency.p50()), Figures.number(latency.p99()),
                    Figures.ratio(Optional.of(latency.p99() / willing).filter(Double::isFinite)),
                    Figures.number(each.refused()), Figures.number(each.missing()));
        }
        return table;
    }

    private static MarkdownTable connects(Results results) {
        MarkdownTable table = new MarkdownTable(3, "load", "asked", "what", "count", "p50", "p99", "max", "failed");
        for (ConnectMeasurement each : results.connects()) {
            Measurement.Latency latency = each.latency();
            table.row(each.load().toString(), each.system(), each.what(), Figures.number(latency.count()),
                    Figures.number(latency.p50()), Figures.number(latency.p99()), Figures.number(latency.max()),
                    Figures.number(each.failed()));
        }
        return table;
    }

    private static String ratio(Results results, Measurement measurement, ToDoubleFunction<Measurement> figure) {
        return Figures.ratio(results.ratio(measurement, figure)) + (results.disturbed(measurement) ? " ?" : "");
    }

    private static MarkdownTable startUp(Results results) {
        MarkdownTable table = new MarkdownTable(1, "system", "ready", "first message through", "that is after ready");
        for (StartUp each : results.startUps()) {
            table.row(each.system(), Figures.number(each.readyMillis()), Figures.number(each.firstMessageMillis()),
                    Figures.number(each.firstMessageAfterReady()));
        }
        return table;
    }
}
