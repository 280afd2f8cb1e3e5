package chat21.observer.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RepeatedTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Repeated.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger times = new AtomicInteger();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void anErrorDoesNotEndIt() {
        try (Repeated repeated = Repeated.fromNowOn("test", 1, () -> {
            if (times.incrementAndGet() == 1) {
                throw new OutOfMemoryError("for a moment");
            }
        })) {
            await().until(() -> times.get() > 3);
        }
        assertThat(warnings()).containsExactly("test fails, and is tried again: OutOfMemoryError: for a moment");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).contains("test goes on");
    }

    @Test
    void eachCauseIsToldOnceUntilItIsGone() {
        try (Repeated repeated = Repeated.fromNowOn("test", 1, () -> {
            switch (times.incrementAndGet()) {
                case 1, 2 -> throw new IOException("No space left");
                case 3 -> throw new SQLException("the value 'secret' is wrong", "22001");
                default -> { }
            }
        })) {
            await().until(() -> times.get() > 4);
        }
        assertThat(warnings()).containsExactly("test fails, and is tried again: IOException: No space left",
                "test fails, and is tried again: SQLException with SQL state 22001");
    }

    private List<String> warnings() {
        return log.list.stream().filter(event -> event.getLevel() == Level.WARN).map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
