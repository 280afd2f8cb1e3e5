package chat21.observer.flow;

class DirectMessagesOnH2IT extends DirectMessages {

    DirectMessagesOnH2IT() {
        super(Store.H2);
    }
}
