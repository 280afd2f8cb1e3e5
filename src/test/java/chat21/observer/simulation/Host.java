package chat21.observer.simulation;

/** A process, which may be killed or stand still. */
final class Host {

    private final String name;
    private boolean dead;
    private long stillUntil;

    Host(String name) {
        this.name = name;
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    void standStill(long until) {
        stillUntil = Math.max(stillUntil, until);
    }

    /** Until when nothing happens in it. */
    long stillUntil() {
        return stillUntil;
    }

    @Override
    public String toString() {
        return name;
    }
}
