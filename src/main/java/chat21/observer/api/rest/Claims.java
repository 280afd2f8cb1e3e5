package chat21.observer.api.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import chat21.observer.api.auth.Caller;
import chat21.observer.message.Payloads;

/** Writes what a token says. */
final class Claims {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Claims() {
    }

    static ObjectNode json(Payloads payloads, Caller caller) {
        ObjectNode json = payloads.newObject();
        caller.claims().forEach((name, value) -> json.set(name, MAPPER.valueToTree(value)));
        return json;
    }
}
