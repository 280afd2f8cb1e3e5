package chat21.observer.bench;

import chat21.observer.api.token.TokenSigner;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients in the order in which they come: of a thousand users, each with a device that it comes back with; every tenth is new. */
final class Newcomers {

    private static final int USERS = 1_000;
    private static final int ONE_IN = 10;

    private final String[] tokens = new String[USERS];
    private final AtomicInteger count = new AtomicInteger();

    /** Somebody who comes. */
    record Newcomer(String user, String clientId, String token) {
    }

    Newcomers() {
        TokenSigner signer = new TokenSigner(Broker.JWT_KEY);
        for (int i = 0; i < USERS; i++) {
            tokens[i] = signer.user(Population.APP, user(i));
        }
    }

    Newcomer next() {
        int number = count.getAndIncrement();
        int user = number % USERS;
        // 7 has no factor in common with the number of users, so that all of them have new devices in turn.
        boolean isNew = number / USERS * 7 % ONE_IN == number % ONE_IN;
        return new Newcomer(user(user), "bench-" + user + (isNew ? "-" + number : ""), tokens[user]);
    }

    private static String user(int number) {
        return "newcomer-" + number;
    }
}
