package chat21.observer.api.group;

import chat21.observer.settings.Settings;

/**
 * How large groups may be, and how much users may make of them; back ends only have to keep to the first three.
 *
 * @param maxMembers         the most members of a stored group
 * @param maxAnnounced       the most members that join with one call and are announced one by one
 * @param maxWelcomed        the most members that join with one call and are shown what was said before
 * @param maxOwned           the most groups that one user makes and owns
 * @param maxAttributesBytes the most bytes that the attributes of all groups of one owner may take
 * @param callsPerMinute     how often a user may change groups in a minute, and at once
 * @param copiesAtOnce       how many copies may come of a user's calls at once
 * @param copiesPerMinute    how many more with each minute
 */
public record GroupLimits(int maxMembers, int maxAnnounced, int maxWelcomed, int maxOwned, int maxAttributesBytes,
        int callsPerMinute, int copiesAtOnce, int copiesPerMinute) {

    /** Reads the limits. */
    public static GroupLimits of(Settings settings) {
        return new GroupLimits(settings.number("chat21.group.max-members"),
                settings.number("chat21.group.max-announced"),
                settings.number("chat21.group.max-welcomed"),
                settings.number("chat21.group.max-owned"),
                settings.number("chat21.group.max-attributes-bytes"),
                settings.number("chat21.group.calls-per-minute"),
                settings.number("chat21.group.copies-at-once"),
                settings.number("chat21.group.copies-per-minute"));
    }
}
