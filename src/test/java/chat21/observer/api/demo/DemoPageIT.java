package chat21.observer.api.demo;

import static chat21.observer.api.demo.ChatPage.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import chat21.observer.api.demo.ChatPage.Pane;
import chat21.observer.api.token.TokenSigner;
import chat21.observer.testing.ChatClient;
import chat21.observer.testing.Chromium;
import chat21.observer.testing.ObserverSettings;
import chat21.observer.testing.TestBroker;
import chat21.observer.testing.TestObserver;

/** The page in a real browser, with the real broker behind it. */
class DemoPageIT {

    private static final TestBroker BROKER = TestBroker.shared();

    private static Chromium chromium;
    private static ObserverSettings settings;
    private static TestObserver observer;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + run;
    private final String bob = "bob-" + run;
    private ChatPage page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        settings = ObserverSettings.at(BROKER)
                .set("chat21.mqtt.ws-port", "BROKER_WS_PORT", String.valueOf(BROKER.wsPort()))
                .set("chat21.mqtt.port", "BROKER_MQTT_PORT", String.valueOf(BROKER.mqttPort()))
                .set("chat21.presence.enabled", "PRESENCE_ENABLED", "true")
                .set("chat21.rest.names", "REST_NAMES", Chromium.OTHER_NAME);
        observer = settings.startHere();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (observer != null) {
            observer.close();
        }
    }

    @AfterEach
    void theBrowserHasNothingToComplainAbout() {
        if (page != null) {
            page.page().context().close();
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    void twoPagesExchangeMessagesAndSeeHowFarTheyCame() {
        page = open(alice, "a2-" + run);
        ChatPage other = open(bob, "b2-" + run);
        Pane sender = page.left();
        Pane recipient = other.left();
        sender.back();
        other.left().back();

        sender.chatWith(bob);
        sender.send("hello bob");

        expect(sender.bubble("hello bob")).hasAttribute("data-status", "100");
        expect(sender.bubble("hello bob")).containsText("sent");
        expect(recipient.row(alice)).containsText("hello bob");
        expect(recipient.badge()).hasText("1");

        recipient.row(alice).click();
        expect(recipient.bubble("hello bob")).hasAttribute("data-status", "200");
        expect(sender.bubble("hello bob")).hasAttribute("data-status", "250");
        expect(sender.bubble("hello bob")).containsText("read");

        recipient.send("hello alice");
        expect(sender.bubble("hello alice")).isVisible();
        expect(recipient.bubble("hello alice")).hasAttribute("data-status", "250");
        recipient.back();
        expect(recipient.badge()).hasCount(0);
        assertThat(other.errors()).isEmpty();
        other.page().context().close();
    }

    @Test
    void aGroupReachesItsMembersAndTheOwnerSeesThatItWasRead() {
        page = open(alice, bob);
        page.left().back();

        page.left().createGroup("Lunch", bob);
        page.left().send("pizza?");

        expect(page.left().bubble("pizza?")).hasAttribute("data-status", "150");
        page.right().row("Lunch").click();
        expect(page.right().bubble("pizza?")).isVisible();
        expect(page.left().bubble("pizza?")).hasAttribute("data-status", "250");
        page.right().send("at one");
        expect(page.left().bubble("at one")).containsText(bob);

        // Whoever comes later finds the mark as it is, and new ones go on to read too.
        page.page().reload();
        page.awaitOnline();
        page.left().back();
        page.left().row("Lunch").click();
        expect(page.left().bubble("pizza?")).hasAttribute("data-status", "250");
        page.left().send("bring salad");
        page.right().row("Lunch").click();
        expect(page.left().bubble("bring salad")).hasAttribute("data-status", "250");
        expect(page.left().bubble("bring salad")).containsText("read");
    }

    @Test
    void anArchivedConversationComesBackWithTheNextMessage() {
        page = open(alice, bob);
        page.left().send("first");
        page.right().row(alice).click();
        expect(page.right().bubble("first")).isVisible();

        page.right().button("Archive").click();

        expect(page.right().rows()).hasCount(0);
        page.right().button("Archived").click();
        expect(page.right().row(alice)).isVisible();
        page.right().button("Inbox, 0 unread").click();
        page.left().send("second");
        expect(page.right().row(alice)).containsText("second");
    }

    @Test
    void aBlockedUserIsHeardAgainOnceUnblocked() {
        page = open(alice, bob);
        page.left().send("one");
        page.right().row(alice).click();
        page.right().button("Block").click();
        expect(page.right().button("Unblock")).isVisible();

        page.left().send("unwanted");
        expect(page.left().bubble("unwanted")).hasAttribute("data-status", "100");
        page.right().button("Unblock").click();
        expect(page.right().button("Block")).isVisible();
        page.left().send("three");

        expect(page.right().bubble("three")).isVisible();
        expect(page.right().bubble("unwanted")).hasCount(0);
        expect(page.right().bubbles()).hasCount(2);
    }

    @Test
    void olderMessagesComePageByPageInTheirOrder() {
        try (ChatClient sender = ChatClient.connect(BROKER, alice)) {
            for (int i = 1; i <= 45; i++) {
                sender.send(bob, "{\"text\":\"message " + i + ".\"}");
            }
            sender.awaitMessage(bob, "message 45.");
        }
        page = open(alice, bob);
        page.right().row(alice).click();

        expect(page.right().bubbles()).hasCount(20);
        page.right().button("Earlier messages").click();
        expect(page.right().bubbles()).hasCount(40);
        page.right().button("Earlier messages").click();
        expect(page.right().bubbles()).hasCount(45);
        expect(page.right().button("Earlier messages")).isHidden();
        assertThat(page.right().root().locator(".said").allTextContents()).startsWith("message 1.", "message 2.")
                .endsWith("message 44.", "message 45.").hasSize(45);
    }

    @Test
    void whoReadsOldMessagesStaysThereWhenANewOneComes() {
        try (ChatClient sender = ChatClient.connect(BROKER, alice)) {
            for (int i = 1; i <= 25; i++) {
                sender.send(bob, "{\"text\":\"message " + i + ".\"}");
            }
            sender.awaitMessage(bob, "message 25.");
        }
        page = open(alice, bob);
        page.right().row(alice).click();
        expect(page.right().bubbles()).hasCount(20);
        Locator history = page.right().root().locator(".view .scroll");
        history.evaluate("e => e.scrollTop = 0");

        page.left().send("something new");

        expect(page.right().button("New messages ↓")).isVisible();
        assertThat(history.evaluate("e => e.scrollTop")).isEqualTo(0);
        expect(page.right().bubble("something new")).not().isInViewport();
        expect(page.left().bubble("something new")).hasAttribute("data-status", "100");

        page.right().button("New messages ↓").click();

        expect(page.right().bubble("something new")).isInViewport();
        expect(page.left().bubble("something new")).hasAttribute("data-status", "250");
        expect(page.right().button("New messages ↓")).isHidden();
        page.left().send("and one more");
        expect(page.right().bubble("and one more")).isInViewport();
    }

    @Test
    void aWrongIdIsToldWhereItWasWritten() {
        page = open(alice, bob);
        page.left().back();
        page.left().button("New chat").click();
        Locator peer = page.left().root().locator("input[name=peer]");
        peer.fill("b.ob");
        page.left().button("Open").click();

        expect(peer).hasAttribute("aria-invalid", "true");
        expect(peer).isFocused();
        expect(page.left().root().locator(".problem:visible")).containsText("“b.ob” is no id: it must not hold .");
        peer.fill("bo");
        expect(page.left().root().locator(".problem:visible")).hasCount(0);

        page.left().button("New group").click();
        page.left().button("New group").click();
        page.left().root().locator("input[name=group]").fill(" ");
        page.left().root().locator("input[name=members]").fill(bob + ", c/d");
        page.left().button("Create").click();
        expect(page.left().root().locator(".problem:visible")).hasText("A group needs a name.");
        page.left().root().locator("input[name=group]").fill("Lunch");
        page.left().button("Create").click();
        expect(page.left().root().locator(".problem:visible")).containsText("“c/d” is no id");

        Locator name = page.right().root().locator(".name");
        name.fill("no good");
        name.press("Enter");
        expect(page.right().root().locator(".problem:visible")).containsText("“no good” is no id");
        name.fill("carol-" + run);
        name.press("Enter");
        page.right().awaitOnline();
        expect(page.right().root().locator(".problem:visible")).hasCount(0);
    }

    @Test
    void theHintToSubscribeIsACommandThatWorksForAnyUser() {
        page = open(alice, "d'or$HOME-" + run);

        String hint = page.page().locator("#next-sub").textContent();

        assertThat(hint).isEqualTo("mosquitto_sub -p " + BROKER.mqttPort() + " -u JWT -P \"$(bin/token 'd'\\''or$HOME-" + run
                + "')\" -t 'apps/tilechat/users/d'\\''or$HOME-" + run + "/#' -v");
    }

    @Test
    void whatUsersWriteIsShownAsTextAndNeverRun() {
        String evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        page = open(alice, bob);
        page.left().send(evil);

        expect(page.right().row(alice)).containsText(evil);
        page.right().row(alice).click();
        expect(page.right().bubble("onerror")).containsText(evil);
        page.left().back();
        page.left().createGroup(evil, bob);
        page.left().send("in it");
        page.right().back();
        expect(page.right().row("in it")).containsText(evil);
        expect(page.page().locator("main img, main script")).hasCount(0);
        assertThat(page.page().title()).isEqualTo("chat21-camel: try it");
    }

    @Test
    void theFlowCountsWhatPassesAndPresenceShows() {
        page = open(alice, bob);
        expect(page.count("send-direct")).not().hasText("");
        long before = Long.parseLong(page.count("send-direct").textContent().replace(",", ""));
        expect(page.left().root().locator(".presence")).hasText("online");

        page.left().send("count me");

        expect(page.count("send-direct")).hasText(String.valueOf(before + 1));
        expect(page.page().locator("#wire li").filter(new Locator.FilterOptions()
                .setHasText("outgoing/users/" + alice + "/messages/" + bob + "/outgoing"))).hasCount(1);
        page.right().root().locator(".name").fill("carol-" + run);
        page.right().root().locator(".name").press("Enter");
        page.right().awaitOnline();
        expect(page.left().root().locator(".presence")).hasText("offline");
    }

    @Test
    void onAPhoneNothingIsWiderThanTheScreenAndTheLineToWriteInIsOnIt() {
        page = ChatPage.open(chromium.window(390, 844), address("localhost"), alice, bob);
        expect(page.left().text()).isInViewport();
        page.left().send("a-word-that-is-longer-than-any-telephone-is-wide-".repeat(4));
        expect(page.left().bubbles()).hasCount(1);
        assertThat(page.scrollsSideways()).isFalse();
        page.left().back();
        assertThat(page.scrollsSideways()).isFalse();
        expect(page.page().locator("#tab-right")).containsText("1");

        page.page().locator("#tab-right").click();
        page.right().row(alice).click();
        expect(page.right().bubbles()).hasCount(1);
        assertThat(page.scrollsSideways()).isFalse();
        page.right().back();
        page.right().button("New group").click();
        assertThat(page.scrollsSideways()).isFalse();

        page.page().locator("#tab-flow").click();
        expect(page.count("commit-batch")).isVisible();
        assertThat(page.scrollsSideways()).isFalse();
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        page = ChatPage.open(chromium.window(390, 844), address("localhost"), alice, bob);
        Page keys = page.page();
        tabTo("#left .composer input");
        keys.keyboard().type("typed");
        keys.keyboard().press("Enter");
        expect(page.left().bubble("typed")).isVisible();
        keys.keyboard().press("Escape");
        expect(page.left().row(bob)).isFocused();
        tabTo("#tab-left");
        keys.keyboard().press("ArrowRight");
        expect(keys.locator("#tab-right")).isFocused();
        tabTo("#right .row");
        keys.keyboard().press("Enter");
        expect(page.right().text()).isFocused();
        keys.keyboard().type("back");
        keys.keyboard().press("Enter");
        expect(page.right().bubble("back")).isVisible();
    }

    @Test
    void underAnotherNameThePageAsksForATokenAndWorksWithIt() {
        page = ChatPage.load(chromium.window(1200, 800),
                address(Chromium.OTHER_NAME) + "?left=" + alice + "&right=" + bob);

        page.left().root().getByLabel("Token").fill(new TokenSigner(TestBroker.JWT_KEY).user("tilechat", alice));
        page.left().button("Connect").click();
        page.left().awaitOnline();
        page.left().chatWith(bob);
        page.left().send("with my own token");

        expect(page.left().bubble("with my own token")).hasAttribute("data-status", "100");
        expect(page.count("send-direct")).not().hasText("");
        expect(page.right().root()).containsText("bin/token " + bob);
    }

    private void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            page.page().keyboard().press("Tab");
            if ((Boolean) page.page().evaluate("s => document.activeElement.matches(s)", selector)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    private ChatPage open(String left, String right) {
        BrowserContext window = chromium.window(1440, 900);
        return ChatPage.open(window, address("localhost"), left, right);
    }

    private static String address(String host) {
        return "http://" + host + ":" + settings.restPort() + "/";
    }
}
