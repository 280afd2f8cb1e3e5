/**
 * The REST API, who may call it, and whom the broker lets in.
 */
package chat21.observer.api;
