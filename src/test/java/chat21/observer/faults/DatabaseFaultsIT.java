package chat21.observer.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.Relocation;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestDatabase;
import chat21.observer.testing.TestObserver;
import chat21.observer.testing.TestPostgres;

/** What becomes of messages when PostgreSQL ends, cuts connections or lets nobody at a table. */
class DatabaseFaultsIT {

    private TestPostgres postgres;
    private TestDatabase database;
    private Relocation way;
    private TestObserver observer;
    private Traffic traffic;

    @BeforeEach
    void start() {
        postgres = TestPostgres.own();
        database = postgres.newDatabase();
        way = new Relocation(postgres.port());
        observer = ObserverSettings.at(TestBroker.shared())
                .database(database.at(way.port()))
                .set("chat21.database.socket-timeout-ms", "DATABASE_SOCKET_TIMEOUT_MS", "4000")
                .set("chat21.health.stuck-after-ms", "HEALTH_STUCK_AFTER_MS", "1000").startHere();
        traffic = Traffic.start(observer.broker(), database);
    }

    @AfterEach
    void stop() {
        if (traffic != null) {
            traffic.close();
            observer.close();
        }
        if (way != null) {
            way.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void aDatabaseThatIsStoppedAndStartedLosesNothing() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            postgres.stop();
            observer.management().awaitNotReady();
            Fault.last();
            postgres.start();
            Fault.assertBackToNormal("the database is there again", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        assertThat(observer.deadLetters()).isZero();
    }

    @Test
    void connectionsThatTheDatabaseCutsLoseNothing() {
        for (int cut = 0; cut < 5 * Faults.ROUNDS; cut++) {
            traffic.awaitMore(Faults.randomCount() / 2);
            postgres.cutConnections(database);
            Fault.assertBackToNormal("the database cut its connections", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        assertThat(observer.deadLetters()).isZero();
    }

    @Test
    void aTableThatIsLockedHoldsMessagesBackAndLosesNone() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            new Lock(database, "lock table conversation in access exclusive mode").during(() -> {
                observer.management().awaitNotReady();
                Fault.last();
            });
            Fault.assertBackToNormal("the lock has gone", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        assertThat(observer.deadLetters()).isZero();
        assertThat(traffic.doubledCopies()).isZero();
    }

    @Test
    void aDatabaseWhoseHostVanishesIsGivenUpAndTheOneInItsPlaceIsUsed() {
        for (int round = 0; round < Faults.ROUNDS; round++) {
            traffic.awaitMore(Faults.randomCount());
            way.vanish();
            Fault.assertBackToNormal("the database's host has vanished", traffic, observer.management());
        }
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
        assertThat(observer.deadLetters()).isZero();
    }

    @Test
    void aDatabaseThatStandsStillKeepsHealthAndLivenessFromNobody() {
        traffic.awaitMore(Faults.randomCount());
        postgres.pause();
        try {
            await()
                    .until(() -> observer.management().get("health/ready").body().contains("\"database\""));
            assertThat(observer.management().get("health/live").status()).isEqualTo(200);
            Fault.last();
        } finally {
            postgres.resume();
        }
        Fault.assertBackToNormal("the database goes on", traffic, observer.management());
        traffic.assertNothingLostDoubledOrOutOfOrder(database);
    }
}
