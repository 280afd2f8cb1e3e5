package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    static Stream<Arguments> knownShapes() {
        return Stream.of(
                Arguments.of("apps.a.outgoing.users.s.messages.r.outgoing", new Topic.Outgoing("a", "s", "r")),
                Arguments.of("apps.a.users.u.messages.p.m.update", new Topic.Receipt("a", "u", "p", "m")),
                Arguments.of("apps.a.users.u.conversations.p.update", new Topic.ConversationPatch("a", "u", "p")),
                Arguments.of("apps.a.users.u.conversations.p.archive", new Topic.Archive("a", "u", "p")),
                Arguments.of("apps.a.users.u.presence.c", new Topic.Presence("a", "u", "c")),
                Arguments.of("apps.observer.a.groups.update", new Topic.GroupUpdate("a")),
                Arguments.of("apps.observer.a.users.u.messages.p.delivered", new Topic.Delivered("a", "u", "p")),
                Arguments.of("apps.observer.a.users.u.messages.p.persist", new Topic.Persist("a", "u", "p")));
    }

    @ParameterizedTest
    @MethodSource("knownShapes")
    void aKnownShapeSaysWhoDidWhat(String routingKey, Topic topic) {
        assertThat(Topics.parse(routingKey)).isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "apps", "apps.a.users.me.groups.update", "apps.a.users.u.messages.p.clientadded",
        "apps.a.users.u.conversations.p.x.update", "apps.a.outgoing.users.s.messages.r.outgoing.outgoing",
        "apps.a.outgoing.users.s.messages.r.x.outgoing", "xapps.a.outgoing.users.s.messages.r.outgoing",
        "apps.observer.a.users.u.messages.p.clientadded", "apps.a.users.u.messages.p.m.x.update",
        "apps.observer.users.u.conversations.p.update", "apps.a.users.u.presence"})
    void aKeyThatOnlyResemblesAKnownShapeIsRefused(String routingKey) {
        assertThatThrownBy(() -> Topics.parse(routingKey)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_TOPIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps.a.outgoing.users..messages.r.outgoing", "apps.a.outgoing.users.s s.messages.r.outgoing",
        "apps.a*.outgoing.users.s.messages.r.outgoing", "apps.a.outgoing.users.s.messages.r#.outgoing"})
    void aKnownShapeWithABadIdIsRefused(String routingKey) {
        assertThatThrownBy(() -> Topics.parse(routingKey)).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.BAD_ID));
    }

    @Test
    void aUserOfAnAppNamedObserverCannotSpeakForTheBackEnd() {
        assertThatThrownBy(() -> Topics.parse("apps.observer.outgoing.users.s.messages.r.outgoing"))
                .isInstanceOf(Refusal.class);
    }
}
