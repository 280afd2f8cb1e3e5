package chat21.observer.routefiles;

import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Tells of edits that are not in effect. The old routes do their work, so it is no reason not to be ready or alive. */
public final class ReloadCheck extends AbstractHealthCheck {

    private final ReloadReport report;

    public ReloadCheck(ReloadReport report) {
        super("chat21", "routes-reload");
        this.report = report;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (report.problems().isEmpty()) {
            builder.up();
        } else {
            builder.message(report.problems().stream().map(Problem::toString).collect(Collectors.joining("; "))).down();
        }
    }
}
