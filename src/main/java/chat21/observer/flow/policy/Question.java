package chat21.observer.flow.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;

/**
 * What one policy is asked about: a message, as a map of its own to do with what it likes.
 *
 * @param json      the message's fields
 * @param variables what else it is told, each as a variable of the exchange
 * @param about     what an answer needs to know
 * @param bytes     about how much memory it takes
 */
record Question(Map<String, Object> json, Map<String, Object> variables, About about, int bytes) {

    /** The exchange property that leads from anywhere in the policy to the message that it is about. */
    static final String PROPERTY = "chat21.policy.about";

    /**
     * A message, for who answers it.
     *
     * @param isGroup   whether it went to a group
     * @param automatic whether it was itself sent by a policy
     * @param answers   counts the answers
     */
    record About(String app, String sender, String recipient, String messageId, boolean isGroup, boolean automatic,
            AtomicInteger answers) {
    }

    void putInto(Exchange exchange) {
        exchange.getMessage().setBody(new LinkedHashMap<>(json));
        exchange.setProperty(PROPERTY, about);
        variables.forEach(exchange::setVariable);
        exchange.setVariable("message", json);
    }
}
