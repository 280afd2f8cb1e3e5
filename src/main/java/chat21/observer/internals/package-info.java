/**
 * What other libraries do inside, as far as this application relies on it: no other package may know of it. Each class
 * has a test, with no broker, that fails where a new version does it otherwise.
 */
package chat21.observer.internals;
