package chat21.observer.engine.receive;

import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;

/**
 * What a route asks about its message's body by a name of its own. A route may call a method of a bean just as well; Camel
 * then copies the exchange for each call, which is felt where it is once a copy of a message.
 */
public final class AboutBody {

    private AboutBody() {
    }

    /** A question with yes or no for an answer. */
    public static <T> Predicate is(Class<T> type, java.util.function.Predicate<T> question) {
        return exchange -> question.test(body(exchange, type));
    }

    /** A question with any answer, such as the parts that a body is split into. */
    public static <T> Expression of(Class<T> type, Function<T, ?> question) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return question.apply(body(exchange, type));
            }
        };
    }

    private static <T> T body(Exchange exchange, Class<T> type) {
        return exchange.getMessage().getBody(type);
    }
}
