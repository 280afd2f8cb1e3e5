/**
 * Takes messages over, batch by batch, and loses none: order, confirms, acknowledgements, redelivery, shares of several nodes.
 */
package chat21.observer.engine;
