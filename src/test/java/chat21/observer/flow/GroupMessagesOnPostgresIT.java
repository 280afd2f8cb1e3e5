package chat21.observer.flow;

class GroupMessagesOnPostgresIT extends GroupMessages {

    GroupMessagesOnPostgresIT() {
        super(Store.POSTGRES);
    }
}
