package chat21.observer.bench;

import java.util.Locale;

/**
 * How one kind of request was answered.
 *
 * @param load          all kinds together
 * @param kind          of this one
 * @param stored        messages in the database
 * @param users         among whom they are
 * @param latency       from when a request was due to the end of its answer
 * @param systemMicros  processor time of the observer per request of any kind; null if unknown
 * @param othersPercent of all processors, used by neither broker nor observer nor load
 * @param megabytes     memory of the observer at the end; null if unknown
 * @param bytes         mean size of the answers
 * @param failed        requests without an answer, or with another one than expected
 */
record ReadMeasurement(String system, ReadRate load, Kind kind, int stored, int users, Measurement.Latency latency, Double systemMicros,
        Double othersPercent, Long megabytes, long bytes, long failed) {

    /** What clients read when they open, and when their users scroll back. */
    enum Kind {
        CONVERSATIONS, FIRST_PAGE, LATER_PAGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
