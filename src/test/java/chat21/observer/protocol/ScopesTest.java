package chat21.observer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

    @Test
    void theLeastScopesWriteOnlyWhatAClientHasToSay() {
        assertThat(writes(Scopes.least("tilechat", "alice"))).containsExactlyInAnyOrder(
                "*/mqtt-subscription-*",
                "*/amq.topic/apps.tilechat.outgoing.users.alice.messages.*.outgoing",
                "*/amq.topic/apps.tilechat.outgoing.users.alice.typing.*.typing",
                "*/amq.topic/apps.tilechat.users.alice.messages.*.*.update",
                "*/amq.topic/apps.tilechat.users.alice.conversations.*.update",
                "*/amq.topic/apps.tilechat.users.alice.conversations.*.archive",
                "*/amq.topic/apps.tilechat.users.alice.presence.*");
    }

    @Test
    void theLeastScopesReadTheOwnTreeAndConfigureSubscriptionQueuesOnly() {
        assertThat(Scopes.least("tilechat", "alice"))
                .filteredOn(scope -> !scope.startsWith("rabbitmq.write:"))
                .containsExactlyInAnyOrder(
                        "rabbitmq.read:*/amq.topic/apps.tilechat.users.alice.*",
                        "rabbitmq.read:*/mqtt-subscription-*",
                        "rabbitmq.configure:*/mqtt-subscription-*");
    }

    @Test
    void theWideScopesAreThoseOfExistingDeployments() {
        assertThat(Scopes.wide("tilechat", "alice")).containsExactlyInAnyOrder(
                "rabbitmq.read:*/*/apps.tilechat.users.alice.*",
                "rabbitmq.write:*/*/apps.tilechat.users.alice.*",
                "rabbitmq.write:*/*/apps.tilechat.outgoing.users.alice.*",
                "rabbitmq.configure:*/*/*");
    }

    @Test
    void anAdminWritesItsAppAndWhatTheObserverHearsFromBackEnds() {
        assertThat(writes(Scopes.admin("shop"))).containsExactlyInAnyOrder(
                "*/mqtt-subscription-*", "*/amq.topic/apps.shop.*", "*/amq.topic/apps.observer.shop.*");
    }

    @Test
    void anIdThatLooksPercentEncodedStaysThatId() {
        assertThat(writes(Scopes.least("tilechat", "%62ob")))
                .contains("*/amq.topic/apps.tilechat.users.%2562ob.presence.*");
    }

    @Test
    void anIdOutsideAsciiIsEncoded() {
        assertThat(writes(Scopes.wide("tilechat", "zoë")))
                .contains("*/*/apps.tilechat.users.zo%C3%AB.*");
    }

    @Test
    void theNameOfTheObserverIsNoAppId() {
        assertThatThrownBy(() -> Scopes.least("observer", "alice")).hasMessageContaining("'observer' is taken");
        assertThatThrownBy(() -> Scopes.admin("observer")).hasMessageContaining("'observer' is taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a/b", "#", "*", "a+b", "a b", "a\u00a0b", "a\tb", "a\u0000b", "a\u0085b", "a\ud800"})
    void anIdThatWouldBreakATopicHasNoScopes(String id) {
        assertThatThrownBy(() -> Scopes.least("tilechat", id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The user id ");
        assertThatThrownBy(() -> Scopes.wide(id, "alice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The app id ");
        assertThatThrownBy(() -> Scopes.admin(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdMayHave128CharactersAndNoMore() {
        assertThat(Scopes.least("tilechat", "😀".repeat(128))).isNotEmpty();
        assertThatThrownBy(() -> Scopes.least("tilechat", "x".repeat(129))).hasMessageContaining("over 128 characters");
    }

    private static List<String> writes(List<String> scopes) {
        return scopes.stream()
                .filter(scope -> scope.startsWith("rabbitmq.write:"))
                .map(scope -> scope.substring("rabbitmq.write:".length()))
                .toList();
    }
}
