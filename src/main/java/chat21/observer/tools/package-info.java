/**
 * The command lines.
 */
package chat21.observer.tools;
