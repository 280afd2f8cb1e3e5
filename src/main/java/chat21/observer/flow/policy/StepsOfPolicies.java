package chat21.observer.flow.policy;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/** Lets routes that are policies keep in mind which step a message is at, so that one that fails can be named. */
public final class StepsOfPolicies extends ModelLifecycleStrategySupport {

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getInput() != null && route.getInput().getEndpointUri() != null
                && route.getInput().getEndpointUri().startsWith("policy")) {
            route.messageHistory(true);
        }
    }
}
