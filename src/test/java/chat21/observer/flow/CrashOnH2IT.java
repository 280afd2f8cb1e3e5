package chat21.observer.flow;

import chat21.observer.testing.TestDatabase;

class CrashOnH2IT extends Crash {

    @Override
    TestDatabase database() {
        return null;
    }
}
