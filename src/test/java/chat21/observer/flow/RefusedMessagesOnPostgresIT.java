package chat21.observer.flow;

class RefusedMessagesOnPostgresIT extends RefusedMessages {

    RefusedMessagesOnPostgresIT() {
        super(Store.POSTGRES);
    }
}
