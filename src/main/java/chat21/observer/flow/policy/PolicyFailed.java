package chat21.observer.flow.policy;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;

/** Says which step of a policy failed. */
final class PolicyFailed extends Exception {

    private static final int LONGEST = 200;

    private final String sentence;

    private PolicyFailed(String sentence, Throwable cause) {
        super(cause);
        this.sentence = sentence;
    }

    /** Reads it from where the policy's route ended. */
    static PolicyFailed of(Exchange exchange) {
        Throwable cause = exchange.getException();
        List<?> history = exchange.getProperty(Exchange.MESSAGE_HISTORY, List.of(), List.class);
        String error = innermost(cause).getClass().getName();
        if (history.isEmpty() || !(history.get(history.size() - 1) instanceof MessageHistory last)) {
            return new PolicyFailed(error, cause);
        }
        NamedNode node = last.getNode();
        String label = node.getLabel();
        return new PolicyFailed("step '" + node.getId() + "'" + (node.getLineNumber() > 0 ? ", line " + node.getLineNumber() : "")
                + ", " + (label.length() > LONGEST ? label.substring(0, LONGEST) + "…" : label) + ": " + error, cause);
    }

    /** The step, with its expression as it stands in the file, and the class of the error. */
    String sentence() {
        return sentence;
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable t = thrown;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }
}
