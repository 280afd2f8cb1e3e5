package chat21.observer.ops.routefiles;

/** Shows the report in JMX. */
public final class RouteEdits implements RouteEditsMBean {

    private final ReloadReport report;

    RouteEdits(ReloadReport report) {
        this.report = report;
    }

    @Override
    public String[] getProblems() {
        return report.problems().stream().map(Problem::toString).toArray(String[]::new);
    }

    @Override
    public long getApplied() {
        return report.applied();
    }

    @Override
    public long getRefused() {
        return report.refused();
    }

    @Override
    public String getLastApplied() {
        return report.lastApplied() == null ? "" : report.lastApplied().toString();
    }
}
