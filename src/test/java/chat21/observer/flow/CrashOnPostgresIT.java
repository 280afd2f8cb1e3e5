package chat21.observer.flow;

import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestPostgres;

class CrashOnPostgresIT extends Crash {

    @Override
    TestDatabase database() {
        return TestPostgres.shared().newDatabase();
    }
}
