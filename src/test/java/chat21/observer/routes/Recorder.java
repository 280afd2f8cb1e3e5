package chat21.observer.routes;

import java.util.ArrayList;
import java.util.List;

/** Stands for beans of which only the calls matter: each returns what it was given, or fails if told to. */
public final class Recorder {

    private final List<String> calls = new ArrayList<>();
    private final List<Object> bodies = new ArrayList<>();
    private String failingCall = "";
    private Exception failure;

    /** Lets a call fail each time. */
    Recorder failOn(String call, Exception exception) {
        failingCall = call;
        failure = exception;
        return this;
    }

    /** The names of the calls, in their order. */
    List<String> calls() {
        return calls;
    }

    /** What the calls were given. */
    List<Object> bodies() {
        return bodies;
    }

    private Object called(String name, Object body) throws Exception {
        calls.add(name);
        bodies.add(body);
        if (name.equals(failingCall)) {
            throw failure;
        }
        return body;
    }

    public Object read(Object body) throws Exception {
        return called("read", body);
    }

    public Object readDelivered(Object body) throws Exception {
        return called("readDelivered", body);
    }

    public Object readPersisted(Object body) throws Exception {
        return called("readPersisted", body);
    }

    public Object keep(Object body) throws Exception {
        return called("keep", body);
    }

    public Object find(Object body) throws Exception {
        return called("find", body);
    }

    public Object raise(Object body) throws Exception {
        return called("raise", body);
    }

    public Object merge(Object body) throws Exception {
        return called("merge", body);
    }

    public Object move(Object body) throws Exception {
        return called("move", body);
    }

    public Object timeline(Object body) throws Exception {
        return called("timeline", body);
    }

    public Object conversation(Object body) throws Exception {
        return called("conversation", body);
    }

    public Object message(Object body) throws Exception {
        return called("message", body);
    }

    public Object gather(Object body) throws Exception {
        return called("gather", body);
    }

    public Object messages(Object body) throws Exception {
        return called("messages", body);
    }

    public Object timelines(Object body) throws Exception {
        return called("timelines", body);
    }

    public Object conversations(Object body) throws Exception {
        return called("conversations", body);
    }

    public Object remember(Object body) throws Exception {
        return called("remember", body);
    }

    public Object markStored(Object body) throws Exception {
        return called("markStored", body);
    }

    public Object check(Object body) throws Exception {
        return called("check", body);
    }

    public Object record(Object body) throws Exception {
        return called("record", body);
    }

    public Object apply(Object body) throws Exception {
        return called("apply", body);
    }

    public Object archive(Object body) throws Exception {
        return called("archive", body);
    }

    public Object announce(Object body) throws Exception {
        return called("announce", body);
    }

    public Object deliver(Object body) throws Exception {
        return called("deliver", body);
    }

    public Object persist(Object body) throws Exception {
        return called("persist", body);
    }

    public Object claim(Object body) throws Exception {
        return called("claim", body);
    }

    public Object recognise(Object body) throws Exception {
        return called("recognise", body);
    }

    public Object lookUp(Object body) throws Exception {
        return called("lookUp", body);
    }

    public Object holdBack(Object body) throws Exception {
        return called("holdBack", body);
    }

    public Object store(Object body) throws Exception {
        return called("store", body);
    }

    public Object publish(Object body) throws Exception {
        return called("publish", body);
    }

    public Object awaitConfirms(Object body) throws Exception {
        return called("awaitConfirms", body);
    }

    public Object acknowledge(Object body) throws Exception {
        return called("acknowledge", body);
    }

    public Object count(Object body) throws Exception {
        return called("count", body);
    }

    public Object tell(Object body) throws Exception {
        return called("tell", body);
    }

    public Object admit(Object body) throws Exception {
        return called("admit", body);
    }

    public Object accept(Object body) throws Exception {
        return called("accept", body);
    }

    public Object copy(Object body) throws Exception {
        return called("copy", body);
    }
}
