package chat21.observer.group;

/**
 * How large groups may be.
 *
 * @param maxMembers   the most members of a stored group
 * @param maxAnnounced the most members that join with one call and are announced one by one
 */
public record GroupLimits(int maxMembers, int maxAnnounced) {
}
