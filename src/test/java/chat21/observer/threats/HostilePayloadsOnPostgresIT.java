package chat21.observer.threats;

import chat21.observer.testing.ObserverSettings;

class HostilePayloadsOnPostgresIT extends HostilePayloadsIT {

    @Override
    protected ObserverSettings configure(ObserverSettings usual) {
        return onPostgres(usual);
    }
}
