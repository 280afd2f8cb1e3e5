package chat21.observer.flow.policy;

import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A place of the flow, as the start of a route. */
final class PolicyEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final Policies policies;
    private final Terms terms;

    /**
     * On what terms a policy takes part.
     *
     * @param order  lower ones are asked first
     * @param beside whether the flow goes on at once, whatever the policy makes of its copy
     */
    record Terms(Place place, int order, boolean beside, PolicySettings settings) {
    }

    PolicyEndpoint(String uri, PolicyComponent component, Policies policies, Terms terms) {
        super(uri, component);
        this.policies = policies;
        this.terms = terms;
    }

    // Any number of policies may stand at one place.
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(getEndpointUri() + " is where a route begins; nothing can be sent there");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        PolicyConsumer consumer = new PolicyConsumer(this, processor, policies, terms);
        configureConsumer(consumer);
        return consumer;
    }
}
