package chat21.observer.api.demo;

import java.util.Map;

import chat21.observer.http.Resource;

/** The files of the page. They are few and listed here, so no path of a request ever reaches a file system. */
final class DemoFiles {

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("index.html", "text/html; charset=utf-8"),
            Map.entry("style.css", "text/css; charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("app.js", SCRIPT),
            Map.entry("ids.js", SCRIPT),
            Map.entry("api.js", SCRIPT),
            Map.entry("chat.js", SCRIPT),
            Map.entry("conversations.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("flow.js", SCRIPT),
            Map.entry("pane.js", SCRIPT),
            Map.entry("thread.js", SCRIPT),
            Map.entry("vendor/mqtt-5.16.0.esm.js", SCRIPT),
            Map.entry("vendor/mqtt-5.16.0.LICENSE.md", "text/plain; charset=utf-8"));

    private DemoFiles() {
    }

    /** The names of all files. */
    static Iterable<String> names() {
        return TYPES.keySet();
    }

    static String type(String name) {
        return TYPES.get(name);
    }

    static byte[] bytes(String name) {
        return Resource.bytes("/demo/" + name);
    }
}
