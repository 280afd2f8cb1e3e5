package chat21.observer.ops.routefiles;

import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Tells of files that are not in effect as they are. The old routes do their work, so it is no reason not to be ready or
 * alive; but before there are any, nothing is ready.
 */
public final class ReloadCheck extends AbstractHealthCheck {

    private final ReloadReport report;

    public ReloadCheck(ReloadReport report) {
        super("chat21", "routes-reload");
        this.report = report;
    }

    @Override
    public boolean isReadiness() {
        return !report.hasBegun();
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (!report.hasBegun()) {
            builder.message("the routes are not there yet").down();
        } else if (report.problems().isEmpty()) {
            builder.up();
        } else {
            builder.message(report.problems().stream().map(Problem::toString).collect(Collectors.joining("; "))).down();
        }
    }
}
