/**
 * What calls over HTTP have in common, those that come in and those that go out.
 */
package chat21.observer.http;
