package chat21.observer.flow;

class DirectMessagesOnPostgresIT extends DirectMessages {

    DirectMessagesOnPostgresIT() {
        super(Store.POSTGRES);
    }
}
