package chat21.observer.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Assumptions;

/** A real browser without a window: the Chromium that the system has; where it has none the test is skipped. */
public final class Chromium implements AutoCloseable {

    /** A name under which this browser, and nobody else, finds this machine. */
    public static final String OTHER_NAME = "chat.example";

    private final MachineNetwork network = MachineNetwork.unchanged();
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.seconds(60).toMillis());
        // The browsers that Playwright would download are not the ones that people get from their system.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
                .setTimeout(60_000).setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                        "--host-resolver-rules=MAP " + OTHER_NAME + " 127.0.0.1")));
    }

    /** Starts it. */
    public static Chromium start() {
        Path executable = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(executable != null, "Chromium is not installed, so this is not shown in a browser");
        return new Chromium(executable);
    }

    /** A new window of this size that knows nothing of the others. */
    public BrowserContext window(int width, int height) {
        return window(new Browser.NewContextOptions().setViewportSize(width, height).setLocale("en-GB"));
    }

    /** A new window with these options. */
    public BrowserContext window(Browser.NewContextOptions options) {
        BrowserContext window = browser.newContext(options);
        window.setDefaultTimeout(Patience.seconds(40).toMillis());
        return window;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        network.close();
    }
}
