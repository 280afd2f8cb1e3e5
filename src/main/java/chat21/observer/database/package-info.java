/**
 * The database: connections, transactions, statements, and what is special to H2.
 */
package chat21.observer.database;
