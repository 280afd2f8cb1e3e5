package chat21.observer.protocol;

/**
 * How large a payload may be, checked while it is read and before it is held as a tree.
 *
 * @param maxBytes  bytes of the whole payload
 * @param maxDepth  levels of nesting
 * @param maxTokens JSON tokens: each name, value, start and end counts as one
 */
public record PayloadLimits(int maxBytes, int maxDepth, int maxTokens) {
}
