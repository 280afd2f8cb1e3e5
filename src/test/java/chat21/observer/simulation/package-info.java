/**
 * The engine in a world of its own: broker, network, database, threads and clock are made here, and a seed decides what goes
 * wrong and when. The classes of the engine are those that ship, loaded once more with the few calls by which they wait, start
 * threads and read the time replaced ({@link chat21.observer.simulation.SimulatedClasses}); so one seed is one course of events, and
 * days of faults take minutes.
 */
package chat21.observer.simulation;
