/**
 * Steps that are done again and again beside the flow.
 */
package chat21.observer.upkeep;
