package chat21.observer.flow.policy;

import java.util.Arrays;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code from: policy:accept}, {@code policy:copy} or {@code policy:delivered} puts a route to that place of the flow;
 * {@code to: policy:answer} answers the message that it is about.
 */
public final class PolicyComponent extends DefaultComponent {

    private static final String ANSWER = "answer";

    private final Policies policies;
    private final PolicySettings settings;
    private final Answers answers;

    /** @param answers sends what policies answer */
    public PolicyComponent(Policies policies, PolicySettings settings, Answers answers) {
        this.policies = policies;
        this.settings = settings;
        this.answers = answers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
        // Visual editors write the path as a parameter.
        String named = getAndRemoveParameter(parameters, "place", String.class);
        String remaining = path == null || path.isEmpty() ? String.valueOf(named) : path;
        if (remaining.equals(ANSWER)) {
            return new AnswerEndpoint(uri, this, answers, getAndRemoveParameter(parameters, "as", String.class));
        }
        Place place = Arrays.stream(Place.values()).filter(p -> p.label().equals(remaining)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no place 'policy:" + remaining
                        + "'; there are policy:accept, policy:copy, policy:delivered and policy:answer"));
        boolean beside = getAndRemoveParameter(parameters, "beside", Boolean.class, place == Place.DELIVERED);
        int order = getAndRemoveParameter(parameters, "order", Integer.class, 0);
        PolicySettings own = settings.with(getAndRemoveParameter(parameters, "timeoutMs", Long.class),
                refuse(parameters, "onTimeout"), refuse(parameters, "onFailure"));
        return new PolicyEndpoint(uri, this, policies, new PolicyEndpoint.Terms(place, order, beside, own));
    }

    private Boolean refuse(Map<String, Object> parameters, String name) {
        String value = getAndRemoveParameter(parameters, name, String.class);
        if (value == null) {
            return null;
        }
        if (!value.equals(PolicySettings.REFUSE) && !value.equals(PolicySettings.PASS)) {
            throw new IllegalArgumentException(name + " must be pass or refuse, but is '" + value + "'");
        }
        return value.equals(PolicySettings.REFUSE);
    }
}
