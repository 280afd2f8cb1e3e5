package chat21.observer.simulation;

/** What happened and when, where somebody wants to read it. */
final class Trace {

    private static final int MOST = 120;

    private final StringBuilder lines;
    private Scheduler scheduler;

    /** @param on whether it is kept */
    Trace(boolean on) {
        lines = on ? new StringBuilder() : null;
    }

    void of(Scheduler which) {
        scheduler = which;
    }

    void say(String what, Object of) {
        if (lines != null) {
            String all = what + " " + of;
            lines.append(String.format("%10.3f ms  %s%n", scheduler.now() / 1e6,
                    all.substring(0, Math.min(all.length(), MOST)).replace('\n', ' ')));
        }
    }

    @Override
    public String toString() {
        return lines == null ? "" : lines.toString();
    }
}
