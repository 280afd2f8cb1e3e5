package chat21.observer.bench;

import java.time.LocalTime;

/** Tells on the console what is going on. */
final class Progress {

    private Progress() {
    }

    static void begin(String what) {
        System.out.printf("%tT  %-46s ", LocalTime.now(), what);
        System.out.flush();
    }

    static void end(String how) {
        System.out.println(how);
    }

    /** The figure that matters in a phase, and whether anything went wrong. */
    static String summary(Measurement measurement) {
        String figure = measurement.phase().open()
                ? "p50 " + Figures.number(measurement.latency().p50()) + " ms, p99 "
                        + Figures.number(measurement.latency().p99()) + " ms"
                : Figures.number(measurement.messagesPerSecond()) + " msg/s";
        String wrong = (measurement.lost() > 0 ? ", " + measurement.lost() + " lost" : "")
                + (measurement.outOfOrder() > 0 ? ", " + measurement.outOfOrder() + " out of order" : "");
        return figure + wrong;
    }
}
