package chat21.observer.testing;

import java.nio.file.Path;

import org.apache.camel.CamelContext;

import chat21.observer.Observer;

/** The application in the JVM of a test, with queues, ports and a database of its own. */
public final class TestObserver implements AutoCloseable {

    private final ObserverSettings settings;
    private final Observer observer;
    private final AmqpClient amqp;
    private CamelContext camel;

    private TestObserver(ObserverSettings settings) {
        this.settings = settings;
        this.observer = new Observer(Path.of("application.properties"), settings.properties(), settings.clock());
        this.amqp = AmqpClient.at(settings.broker());
    }

    static TestObserver start(ObserverSettings settings) {
        TestObserver started = new TestObserver(settings);
        try {
            started.camel = started.observer.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw new IllegalStateException("The observer did not start.", e);
        }
    }

    /** The broker that it listens to. */
    public TestBroker broker() {
        return settings.broker();
    }

    /** What it stores. */
    public TestDatabase database() {
        return settings.database();
    }

    /** Its Camel context. */
    public CamelContext camel() {
        return camel;
    }

    /** Its management port. */
    public Management management() {
        return new Management(settings.managementPort());
    }

    /** A client of its broker, which ends with it. */
    public AmqpClient amqp() {
        return amqp;
    }

    /** Waits for the next message that it refuses, and takes it out of the dead letters. */
    public DeadLetter awaitDeadLetter() {
        return DeadLetter.of(amqp.awaitNext(settings.deadLettersQueue()));
    }

    /** How many refused messages nobody has taken yet. */
    public long deadLetters() {
        return amqp.ready(settings.deadLettersQueue());
    }

    /** Stops it in good order and removes its queues. */
    @Override
    public void close() {
        observer.close();
        settings.removeQueues(amqp);
        amqp.close();
    }
}
