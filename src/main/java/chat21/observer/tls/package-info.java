/**
 * Certificates: whom this application trusts, and what it shows.
 */
package chat21.observer.tls;
