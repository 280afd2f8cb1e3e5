/**
 * What an operator sets, its rules, and how addresses are read.
 */
package chat21.observer.settings;
