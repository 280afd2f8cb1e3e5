/**
 * What the routes do with a message: one package a step or kind.
 */
package chat21.observer.flow;
