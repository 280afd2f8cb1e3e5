package chat21.observer.ops.routefiles;

/** Says which files of routes keep the application from starting, and why. */
public final class BrokenRoutes extends RuntimeException {

    public BrokenRoutes(String problems) {
        super(problems);
    }
}
