package chat21.observer.api.rest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.auth.Caller;
import chat21.observer.flow.history.PageRoom;
import chat21.observer.message.Payloads;

/**
 * A request of a known caller.
 *
 * @param caller      who calls
 * @param ids         the ids in its path, checked
 * @param query       its query parameters
 * @param contentType of the body, or null
 * @param body        the body as it came; may be empty
 * @param payloads    how bodies are read and answers written
 * @param room        how large a page of the answer may be
 */
record Request(Caller caller, Map<String, String> ids, Map<String, String> query, String contentType, byte[] body,
        Payloads payloads, PageRoom room) {

    /** The id of that name in the path. */
    String id(String name) {
        return ids.get(name);
    }

    /** The app in the path. */
    String app() {
        return id("app");
    }

    /**
     * The body as a JSON object.
     *
     * @throws RestError if it has another content type
     * @throws chat21.observer.protocol.Refusal if it is no JSON object within the limits
     */
    ObjectNode json() {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        if (!type.equals("application/json")) {
            throw new RestError(415, "Content-Type must be application/json");
        }
        return payloads.read(body);
    }

    /** The body as a JSON object, an empty one where there is no body. */
    ObjectNode jsonIfAny() {
        return isEmpty() ? payloads.newObject() : json();
    }

    // PHP writes an object without fields as an empty list.
    private boolean isEmpty() {
        return body.length < 8 && Set.of("", "[]").contains(new String(body, StandardCharsets.UTF_8).replaceAll("\\s", ""));
    }

    /** @throws RestError unless the token is for the app in the path */
    Request inOwnApp() {
        if (!caller.app().equals(app())) {
            throw RestError.denied("The token is for another app.");
        }
        return this;
    }

    /** @throws RestError unless the caller is the user of that name in the path, or a back end of the app */
    Request bySelfOrAdmin(String name) {
        inOwnApp();
        if (!caller.is(id(name)) && !caller.admin()) {
            throw RestError.denied("These are the data of another user.");
        }
        return this;
    }

    /** @throws RestError unless the caller is the user of that name in the path */
    Request bySelf(String name) {
        inOwnApp();
        if (!caller.is(id(name))) {
            throw RestError.denied("These are the data of another user.");
        }
        return this;
    }

    /** @throws RestError unless the caller is a back end of the app */
    Request byAdmin() {
        inOwnApp();
        if (!caller.admin()) {
            throw RestError.denied("Only the role admin may do this.");
        }
        return this;
    }

    /** {@code {"success":true,…}} with what is added to it. */
    Answer success(int status, Consumer<ObjectNode> more) {
        ObjectNode answer = payloads.newObject().put("success", true);
        more.accept(answer);
        return Answer.json(status, payloads.write(answer));
    }

    @Override
    public String toString() {
        return "a request of " + caller;
    }
}
