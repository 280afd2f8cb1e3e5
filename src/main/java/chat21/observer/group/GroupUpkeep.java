package chat21.observer.group;

import org.apache.camel.support.service.ServiceSupport;

/** Lets groups be told of what an earlier process has left, as long as the application runs. */
public final class GroupUpkeep extends ServiceSupport {

    private final Groups groups;

    public GroupUpkeep(Groups groups) {
        this.groups = groups;
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
