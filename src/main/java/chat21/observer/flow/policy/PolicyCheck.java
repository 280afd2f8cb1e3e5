package chat21.observer.flow.policy;

import java.util.List;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Tells of policies that fail again and again or are switched off. The flow goes on, so it is ready and alive. */
public final class PolicyCheck extends AbstractHealthCheck {

    private final Policies policies;

    public PolicyCheck(Policies policies) {
        super("chat21", "policies");
        this.policies = policies;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> problems = policies.problems();
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", problems)).down();
        }
    }
}
