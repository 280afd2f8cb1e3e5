package chat21.observer.api.group;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.support.service.ServiceSupport;

/** Lets groups be told of what an earlier process has left, as long as the application runs. */
public final class GroupUpkeep extends ServiceSupport {

    private final Groups groups;

    public GroupUpkeep(Groups groups, MeterRegistry meters) {
        this.groups = groups;
        Gauge.builder("chat21_group_news_waiting", groups, Groups::waiting)
                .description("Changes of groups that were not told yet").register(meters);
        FunctionCounter.builder("chat21_group_news_lost_total", groups, Groups::lost)
                .description("Changes of groups that could not be told").register(meters);
    }

    @Override
    protected void doStart() throws Exception {
        groups.start();
    }

    @Override
    protected void doStop() {
        groups.close();
    }
}
