package chat21.observer.api.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;

import chat21.observer.testing.Patience;

/** The page in a browser, as a person uses it. */
final class ChatPage {


    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private ChatPage(Page page) {
        this.page = page;
        page.onConsoleMessage(message -> {
            if (!message.type().equals("log") && !message.type().equals("debug")) {
                errors.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(errors::add);
    }

    /** Opens it with these users and waits until both are connected. */
    static ChatPage open(BrowserContext window, String address, String left, String right) {
        ChatPage opened = load(window, address + "?left=" + left + "&right=" + right);
        opened.awaitOnline();
        return opened;
    }

    static ChatPage load(BrowserContext window, String address) {
        ChatPage loaded = new ChatPage(window.newPage());
        loaded.page.navigate(address);
        return loaded;
    }

    void awaitOnline() {
        left().awaitOnline();
        right().awaitOnline();
    }

    Page page() {
        return page;
    }

    /** What the browser complained about. */
    List<String> errors() {
        return errors;
    }

    Pane left() {
        return new Pane(page.locator("#left"));
    }

    Pane right() {
        return new Pane(page.locator("#right"));
    }

    /** The number beside a route. */
    Locator count(String route) {
        return page.locator("[data-route='" + route + "'] summary .count");
    }

    /** Whether the page is wider than the window. */
    boolean scrollsSideways() {
        return (Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }

    static LocatorAssertions expect(Locator locator) {
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.seconds(40).toMillis());
        return assertThat(locator);
    }

    /** One of its two users. */
    record Pane(Locator root) {

        void awaitOnline() {
            root.and(root.page().locator("[data-state=online]"))
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        }

        Locator button(String name) {
            return root.getByRole(AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName(name).setExact(true));
        }

        Locator rows() {
            return root.locator(".row");
        }

        Locator row(String text) {
            return rows().filter(new Locator.FilterOptions().setHasText(text));
        }

        Locator bubbles() {
            return root.locator(".bubble");
        }

        Locator bubble(String text) {
            return bubbles().filter(new Locator.FilterOptions().setHasText(text));
        }

        Locator text() {
            return root.locator(".composer input");
        }

        Locator badge() {
            return root.locator(".segments .badge");
        }

        void chatWith(String peer) {
            button("New chat").click();
            root.locator("input[name=peer]").fill(peer);
            button("Open").click();
            text().waitFor();
        }

        void createGroup(String name, String members) {
            button("New group").click();
            root.locator("input[name=group]").fill(name);
            root.locator("input[name=members]").fill(members);
            button("Create").click();
            text().waitFor();
        }

        void send(String text) {
            text().fill(text);
            text().press("Enter");
        }

        void back() {
            button("Back to the list").click();
        }
    }
}
