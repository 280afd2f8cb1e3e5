package chat21.observer.flow.policy;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.FileUtil;

/** One policy: a route that is asked about messages while it is started. */
final class PolicyConsumer extends DefaultConsumer {

    private final Policies policies;
    private final PolicyEndpoint.Terms terms;
    private InFlow inFlow;
    private BesideFlow besideFlow;

    PolicyConsumer(PolicyEndpoint endpoint, Processor processor, Policies policies, PolicyEndpoint.Terms terms) {
        super(endpoint, processor);
        this.policies = policies;
        this.terms = terms;
    }

    /** The route's id, or the name of its file where it has none of its own. */
    String name() {
        Resource file = getRoute().getSourceResource();
        return getRoute().isCustomId() || file == null ? getRouteId() : FileUtil.onlyName(file.getLocation());
    }

    int order() {
        return terms.order();
    }

    boolean isBeside() {
        return terms.beside();
    }

    /**
     * What it makes of a message, within its time.
     *
     * @throws chat21.observer.protocol.Refusal if it fails, or does not answer and is to refuse then
     */
    Verdict ask(Question question) {
        return inFlow.ask(question, this::answer);
    }

    /** What is wrong with it, or null. */
    String problem() {
        return inFlow == null ? besideFlow.problem() : inFlow.problem();
    }

    /** Lets it have a message when its turn comes, or never if too much waits for it. */
    void tell(Question question) {
        besideFlow.tell(question, this::answer);
    }

    private Verdict answer(Question question) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            question.putInto(exchange);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw PolicyFailed.of(exchange);
            }
            return Verdict.of(question, exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (terms.beside()) {
            besideFlow = new BesideFlow(getRouteId(), terms.settings(), policies.meters());
        } else {
            inFlow = new InFlow(getRouteId(), terms.settings(), policies.meters());
        }
        policies.add(terms.place(), this);
    }

    @Override
    protected void doStop() throws Exception {
        policies.remove(terms.place(), this);
        if (besideFlow != null) {
            besideFlow.close();
        }
        if (inFlow != null) {
            inFlow.close();
        }
        super.doStop();
    }
}
