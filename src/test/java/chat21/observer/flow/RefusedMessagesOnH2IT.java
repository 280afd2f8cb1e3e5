package chat21.observer.flow;

class RefusedMessagesOnH2IT extends RefusedMessages {

    RefusedMessagesOnH2IT() {
        super(Store.H2);
    }
}
