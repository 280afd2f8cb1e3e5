package chat21.observer.flow.policy;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;

/**
 * What a policy made of a message.
 *
 * @param json       its fields afterwards
 * @param refuse     why it is refused, or null
 * @param redirectTo the recipient that gets it instead, or null
 * @param drop       whether this copy enters no inbox
 */
record Verdict(Map<String, Object> json, String refuse, String redirectTo, boolean drop) {

    /** Reads it from where the policy's route ended: fields as a body of a map, a text as any other body. */
    static Verdict of(Question question, Exchange exchange) {
        return new Verdict(fields(question, exchange), exchange.getVariable("refuse", String.class),
                exchange.getVariable("redirectTo", String.class),
                Boolean.TRUE.equals(exchange.getVariable("drop", Boolean.class)));
    }

    static Verdict unchanged(Question question) {
        return new Verdict(question.json(), null, null, false);
    }

    private static Map<String, Object> fields(Question question, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            return fields;
        }
        if (body instanceof CharSequence text) {
            Map<String, Object> fields = new LinkedHashMap<>(question.json());
            fields.put("text", text.toString());
            return fields;
        }
        return question.json();
    }
}
