package chat21.observer.protocol;

import chat21.observer.settings.Settings;

/**
 * How large a payload may be, checked while it is read and before it is held as a tree.
 *
 * @param maxBytes  bytes of the whole payload
 * @param maxDepth  levels of nesting
 * @param maxTokens JSON tokens: each name, value, start and end counts as one
 */
public record PayloadLimits(int maxBytes, int maxDepth, int maxTokens) {

    /** Those of what clients publish. */
    public static PayloadLimits of(Settings settings) {
        return new PayloadLimits(settings.number("chat21.payload.max-bytes"), settings.number("chat21.payload.max-depth"),
                settings.number("chat21.payload.max-tokens"));
    }
}
