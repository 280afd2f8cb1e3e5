package chat21.observer.flow;

class GroupMessagesOnH2IT extends GroupMessages {

    GroupMessagesOnH2IT() {
        super(Store.H2);
    }
}
