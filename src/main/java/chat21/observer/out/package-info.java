/**
 * Tells other systems what happened.
 */
package chat21.observer.out;
