/**
 * What operators watch and change while it runs.
 */
package chat21.observer.ops;
