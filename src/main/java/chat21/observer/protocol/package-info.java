/**
 * The language that all speak: kinds of messages, topics, routing keys, ids, scopes, status, and why something is refused.
 */
package chat21.observer.protocol;
