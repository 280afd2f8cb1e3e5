/**
 * A message on its way: what the broker handed over, what it says, and what is decided about it.
 */
package chat21.observer.message;
