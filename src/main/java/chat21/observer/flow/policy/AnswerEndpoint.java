package chat21.observer.flow.policy;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ProcessorEndpoint;

/** Where a policy sends its answer: a text, or a map of fields. */
final class AnswerEndpoint extends ProcessorEndpoint {

    private final Answers answers;
    private final String as;

    /** @param as the user who answers; null for the recipient of the message */
    AnswerEndpoint(String uri, PolicyComponent component, Answers answers, String as) {
        super(uri, component);
        this.answers = answers;
        this.as = as;
    }

    @Override
    protected void onExchange(Exchange exchange) throws Exception {
        Question.About about = exchange.getProperty(Question.PROPERTY, Question.About.class);
        if (about == null) {
            throw new IllegalStateException("policy:answer works only on the way from policy:accept, "
                    + "policy:copy or policy:delivered");
        }
        answers.send(about, as, exchange.getMessage().getBody());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("policy:answer is where answers are sent to; no route begins there");
    }
}
