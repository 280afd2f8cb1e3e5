package chat21.observer.api.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import chat21.observer.api.auth.Caller;
import chat21.observer.api.contact.Contacts;
import chat21.observer.database.Database;
import chat21.observer.database.DatabaseSettings;
import chat21.observer.engine.publish.PooledPublisher.NotTaken;
import chat21.observer.flow.block.BlockLists;
import chat21.observer.flow.inbox.Members;
import chat21.observer.message.Payloads;
import chat21.observer.message.Publication;
import chat21.observer.protocol.MessageIds;
import chat21.observer.protocol.PayloadLimits;

class GroupsTest {

    private static final GroupLimits LIMITS = new GroupLimits(100, 3, 5, 4, 1_000, 50, 1_000, 60);
    private static final Caller ADMIN = new Caller("a", "back-end", true, Map.of());
    private static final Caller ALICE = new Caller("a", "alice", false, Map.of());
    private static final Caller BOB = new Caller("a", "bob", false, Map.of());

    @TempDir
    private Path folder;
    private final Payloads payloads = new Payloads(new PayloadLimits(1_000_000, 50, 100_000));
    private final List<String> published = new ArrayList<>();
    private long now = 1_750_000_000_000L;
    private Throwable failure;
    private Database database;
    private Groups groups;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseSettings("jdbc:h2:file:" + folder.resolve("chat"), "chat21", "", 4, 5_000,
                false));
        groups = groups();
    }

    private Groups groups() {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        };
        return new Groups(database, payloads, "amq.topic", new Contacts("", Duration.ofSeconds(1)), this::publish, LIMITS,
                new MessageIds(clock), 1_000);
    }

    private void publish(List<Publication> publications) throws IOException {
        for (Publication p : publications) {
            if (failure instanceof NotTaken e && p.routingKey().endsWith(".clientupdated")) {
                throw e;
            }
            if (failure instanceof IOException e && !(e instanceof NotTaken)) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            published.add(p.routingKey() + " " + new String(p.body(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatTheBrokerDoesNotTakeIsToldLaterInTheOrderOfTheChanges() throws Exception {
        failure = new IOException("away");
        create(ALICE, "bob");
        groups.rename(ALICE, "a", "group-1", "Other", null, now);
        groups.leave(BOB, "a", "group-1", "bob", now);
        assertThat(groups.read(ALICE, "a", "group-1").name()).isEqualTo("Other");
        assertThat(published).isEmpty();

        failure = null;
        groups.tellWhatIsDue();
        assertThat(published).as("not without a pause").isEmpty();
        now += 1_000;
        groups.tellWhatIsDue();

        assertThat(labels()).containsExactly("GROUP_CREATED", "MEMBER_JOINED_GROUP", "MEMBER_JOINED_GROUP",
                "DATA_UPDATED_GROUP", "MEMBER_LEFT_GROUP", "MEMBER_LEFT_GROUP", "MEMBER_LEFT_GROUP");
        assertThat(groups.waiting()).isEqualTo(3);
        groups.tellWhatIsDue();
        assertThat(labels()).as("once").hasSize(7);
        assertThat(groups.waiting()).isZero();
    }

    @Test
    void whatAnEndedProcessHasBegunToTellIsToldAgainUnderTheSameId() throws Exception {
        failure = new Died();
        try {
            create(ALICE, "bob");
        } catch (Died e) {
            // As the process did, before it could say what became of it.
        }
        failure = null;
        groups.tellWhatIsDue();
        assertThat(published).as("it may still be at it").isEmpty();

        groups = groups();
        groups.start();
        groups.close();
        groups.tellWhatIsDue();
        assertThat(labels()).contains("GROUP_CREATED");
        List<String> first = List.copyOf(clientIds());
        assertThat(first).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.length() <= 64);
    }

    @Test
    void aMemberWhoseQueueIsFullHoldsNothingUp() throws Exception {
        create(ALICE, "bob");
        failure = new NotTaken();
        groups.leave(BOB, "a", "group-1", "bob", now);
        groups.join(ALICE, "a", "group-1", "carol", now);

        assertThat(labels()).endsWith("MEMBER_LEFT_GROUP", "MEMBER_JOINED_GROUP");
    }

    @Test
    void whatBreaksEachTimeIsGivenUpAndHoldsNothingElseBack() throws Exception {
        failure = new IllegalStateException("broken");
        create(ALICE, "bob");
        for (int i = 0; i < 5; i++) {
            now += 60_000;
            groups.tellWhatIsDue();
        }
        failure = null;
        assertThat(groups.lost()).isEqualTo(1);

        groups.rename(ALICE, "a", "group-1", "Other", null, now);
        assertThat(labels()).containsExactly("DATA_UPDATED_GROUP", "DATA_UPDATED_GROUP");
    }

    @Test
    void whoHasBeenAMemberForLongestOwnsTheGroupWhenItsOwnerGoes() throws Exception {
        create(ALICE);
        join("zoe");
        join("bob");
        published.clear();

        groups.leave(ALICE, "a", "group-1", "alice", now);

        assertThat(group().owner()).isEqualTo("zoe");
        assertThat(published).anyMatch(p -> p.contains("users.bob.groups.group-1.clientupdated")
                && p.contains("\"owner\":\"zoe\""));
        assertThat(labels()).contains("OWNER_CHANGED_GROUP");
        assertThatThrownBy(() -> groups.rename(ALICE, "a", "group-1", "Mine", null, now)).isInstanceOf(GroupError.class);
        groups.rename(new Caller("a", "zoe", false, Map.of()), "a", "group-1", "Hers", null, now);
        assertThat(group().name()).isEqualTo("Hers");
    }

    @Test
    void anOwnerWhomABackEndRemovesOwnsTheGroupNoMore() throws Exception {
        create(ALICE, "bob");
        groups.leave(ADMIN, "a", "group-1", "alice", now);
        assertThat(group().owner()).isEqualTo("bob");
        assertThatThrownBy(() -> groups.join(ALICE, "a", "group-1", "alice", now)).isInstanceOf(GroupError.class);

        groups.setMembers(ADMIN, "a", "group-1", Set.of("carol"), now);
        assertThat(group().owner()).isEqualTo("carol");
        groups.leave(ADMIN, "a", "group-1", "carol", now);
        assertThat(group().owner()).isNull();
    }

    @Test
    void whenAUserIsDeletedItsGroupsGoToOthersAndNothingThatIsToldNamesIt() throws Exception {
        create(ALICE, "bob");
        groups.create(ADMIN, new StoredGroup("a", "group-2", "G", "alice", Set.of("carol"), null, "all", now, now));
        published.clear();

        List<String> left = new ArrayList<>();
        database.inTransaction(connection -> left.addAll(groups.removeUser(connection, "a", "alice", now)));
        groups.tell("a", left);

        assertThat(left).containsExactly("group-1", "group-2");
        assertThat(group().owner()).isEqualTo("bob");
        assertThat(group().members()).containsExactly("bob");
        assertThat(groups.read(ADMIN, "a", "group-2").owner()).isEqualTo("carol");
        assertThat(labels()).containsExactly("OWNER_CHANGED_GROUP", "OWNER_CHANGED_GROUP");
        assertThat(published).anyMatch(p -> p.contains("users.bob.groups.group-1.clientupdated"))
                .noneMatch(p -> p.contains("alice"));
    }

    @Test
    void whatStillWaitsToBeToldNamesNoUserWhoWasDeletedMeanwhile() throws Exception {
        failure = new IOException("away");
        create(ALICE, "bob", "carol");
        groups.leave(ADMIN, "a", "group-1", "bob", now);
        groups.create(ADMIN, new StoredGroup("a", "group-2", "G", "bob", Set.of("bob", "carol"), null, "all", now, now));

        List<String> left = new ArrayList<>();
        database.inTransaction(connection -> left.addAll(groups.removeUser(connection, "a", "bob", now)));
        failure = null;
        now += 60_000;
        groups.tellWhatIsDue();

        assertThat(groups.waiting()).isPositive();
        groups.tellWhatIsDue();
        assertThat(groups.waiting()).isZero();
        assertThat(published).noneMatch(p -> p.contains("bob"));
        assertThat(published).anyMatch(p -> p.contains("carol added to group")).anyMatch(p -> p.contains("GROUP_CREATED"));
    }

    @Test
    void anOwnerThatIsNoMemberStaysUntilItIsRemoved() throws Exception {
        groups.create(ADMIN, group("alice", Set.of("bob")));
        groups.setMembers(ADMIN, "a", "group-1", Set.of("bob", "carol"), now);
        assertThat(group().owner()).isEqualTo("alice");

        groups.leave(ADMIN, "a", "group-1", "alice", now);
        assertThat(group().owner()).isEqualTo("bob");
    }

    @Test
    void whoBlocksTheCallerOrCannotBeReachedIsNoMemberAndTheOthersAre() throws Exception {
        new BlockLists(database, 10).block("a", "carol", "alice");
        String longId = "x".repeat(120);

        Groups.Members created = groups.create(ALICE, group("alice", ordered("alice", "bob", "carol", "a.b", "", longId + "ü")));

        assertThat(created.refused()).containsExactlyInAnyOrder("carol", "a.b", "");
        assertThat(group().members()).containsExactlyInAnyOrder("alice", "bob", longId + "ü");
        assertThat(published).noneMatch(p -> p.contains("carol"));
        assertThatThrownBy(() -> groups.join(ALICE, "a", "group-1", "carol", now)).hasMessageContaining("member_id");
        assertThat(groups.setMembers(ALICE, "a", "group-1", ordered("alice", "carol", "#"), now).refused())
                .containsExactlyInAnyOrder("carol", "#");
        groups.join(ADMIN, "a", "group-1", "carol", now);
        assertThat(group().members()).containsExactlyInAnyOrder("alice", "carol");
        published.clear();
        groups.rename(ALICE, "a", "group-1", "hear me", null, now);
        assertThat(published).noneMatch(p -> p.contains("users.carol."));
    }

    @Test
    void manyWhoJoinAtOnceAreAnnouncedByOneMessage() throws Exception {
        create(ALICE, "bob", "carol", "dave");

        assertThat(labels()).containsExactly("GROUP_CREATED", "MEMBERS_JOINED_GROUP");
        assertThat(published.get(1)).contains("4 members joined group on creation");
    }

    @Test
    void callsAreLimitedByTheirNumberAndByTheirCopies() throws Exception {
        create(ALICE);
        for (int i = 0; i < 49; i++) {
            groups.rename(ALICE, "a", "group-1", "n" + i, null, now);
        }
        assertThatThrownBy(() -> groups.rename(ALICE, "a", "group-1", "n", null, now)).hasMessageContaining("times a minute");
        groups.rename(ADMIN, "a", "group-1", "back end", null, now);

        Set<String> crowd = new LinkedHashSet<>();
        for (int i = 0; i < 90; i++) {
            crowd.add("u" + i);
        }
        crowd.add("bob");
        groups.create(BOB, new StoredGroup("a", "group-2", "G", "bob", crowd, null, "all", now, now));
        for (int i = 0; i < 8; i++) {
            groups.rename(BOB, "a", "group-2", "n" + i, null, now);
        }
        assertThatThrownBy(() -> groups.rename(BOB, "a", "group-2", "n", null, now)).hasMessageContaining("members at once");
    }

    @Test
    void aUserOwnsNoMoreGroupsAndAttributesThanAllowed() throws Exception {
        for (int i = 0; i < 4; i++) {
            groups.create(ALICE, new StoredGroup("a", "group-" + i, "G", "alice", Set.of("alice"), "{}", "all", now, now));
        }
        assertThatThrownBy(() -> groups.create(ALICE, new StoredGroup("a", "group-5", "G", "alice", Set.of(), null, "all", now,
                now))).hasMessageContaining("4 groups");
        String large = "{\"a\":\"" + "x".repeat(600) + "\"}";
        groups.setAttributes(ALICE, "a", "group-1", large, now);
        assertThatThrownBy(() -> groups.setAttributes(ALICE, "a", "group-2", large, now)).hasMessageContaining("1000 bytes");
        groups.setAttributes(ALICE, "a", "group-1", "{}", now);
        groups.setAttributes(ALICE, "a", "group-2", large, now);
        groups.setAttributes(ADMIN, "a", "group-1", large, now);
        assertThat(groups.read(ADMIN, "a", "group-1").attributes()).isEqualTo(large);
    }

    @Test
    void aBannedUserAnnouncesNothing() throws Exception {
        create(ALICE, "bob");
        new BlockLists(database, 10).ban("a", "alice");

        assertThatThrownBy(() -> groups.rename(ALICE, "a", "group-1", "n", null, now)).hasMessageContaining("banned");
        assertThatThrownBy(() -> groups.create(ALICE, new StoredGroup("a", "group-2", "G", "alice", Set.of("bob"), null, "all",
                now, now))).hasMessageContaining("banned");
    }

    @Test
    void anIdUnderWhichOthersHaveTalkedIsForThoseAloneWhoHaveAllOfIt() throws Exception {
        said("m1", 1, "group-1", "bob", "carol");
        said("m2", 2, "group-1", "alice", "bob", "carol");

        assertThatThrownBy(() -> create(ALICE)).hasMessageContaining("Others have talked");
        create(BOB, "dave", "carol");

        assertThat(history("dave")).containsExactly("m1", "m2");
        assertThat(history("carol")).as("she has it").isEmpty();
        assertThat(history("bob")).isEmpty();
    }

    @Test
    void aBackEndMakesAGroupOfAnyIdAndItsMembersGetWhatWasSaid() throws Exception {
        said("m1", 1, "group-1", "bob");

        groups.create(ADMIN, group("alice", Set.of("alice")));
        assertThat(history("alice")).containsExactly("m1");
        groups.join(ADMIN, "a", "group-1", "carol", now);
        assertThat(history("carol")).containsExactly("m1");
        groups.rename(ADMIN, "a", "group-1", null, "none", now);
        groups.join(ADMIN, "a", "group-1", "dave", now);
        assertThat(history("dave")).isEmpty();
    }

    /** A process that ends in the midst of it. */
    private static final class Died extends Error {
    }

    private void said(String id, long time, String group, String... members) throws SQLException {
        database.inTransaction(connection -> {
            List<String> inboxes = new ArrayList<>(Arrays.asList(members));
            inboxes.add(group);
            connection.createStatement().executeUpdate("insert into message values (" + time + ",'a','" + id
                    + "','bob','" + group + "','text','group'," + time + ",'{\"message_id\":\"" + id + "\",\"sender\":\"bob\"}')");
            for (String inbox : inboxes) {
                connection.createStatement().executeUpdate("insert into timeline values ('a','" + inbox + "','" + group + "',"
                        + time + ",'" + id + "',150," + time + ")");
            }
        });
    }

    private List<String> history(String member) {
        return published.stream().filter(p -> p.startsWith("apps.observer.a.users." + member + ".messages.group-1.delivered"))
                .map(p -> payloads.readStored(p.substring(p.indexOf('{'))).path("message_id").asText()).toList();
    }

    private List<String> labels() {
        return published.stream().map(this::json).map(j -> j.findValue("messagelabel")).filter(l -> l != null)
                .map(l -> l.path("key").asText()).toList();
    }

    private List<String> clientIds() {
        return published.stream().map(this::json).filter(j -> j.has("client_message_id"))
                .map(j -> j.path("client_message_id").asText()).toList();
    }

    private com.fasterxml.jackson.databind.node.ObjectNode json(String publication) {
        return payloads.readStored(publication.substring(publication.indexOf('{')));
    }

    private StoredGroup group() throws SQLException {
        return groups.read(ADMIN, "a", "group-1");
    }

    private void join(String member) throws SQLException {
        now += 10;
        groups.join(ALICE, "a", "group-1", member, now);
    }

    private void create(Caller caller, String... others) throws SQLException {
        Set<String> members = ordered(others);
        members.add(caller.user());
        groups.create(caller, group(caller.user(), members));
    }

    private StoredGroup group(String owner, Set<String> members) {
        return new StoredGroup("a", "group-1", "G", owner, members, null, "all", now, now);
    }

    private static Set<String> ordered(String... ids) {
        return new LinkedHashSet<>(Arrays.asList(ids));
    }
}
