package chat21.observer.ops.routefiles;

import java.util.List;
import java.util.Locale;

import chat21.observer.ops.routefiles.RouteFile.RouteEntry;
import chat21.observer.ops.routefiles.RouteFile.Step;

/** A route as a box of the diagram: its id, where its messages come from if not from another route, its steps. */
final class DrawnRoute {

    private static final int HEAD = 26;
    private static final int LINE = 17;
    private static final int INDENT = 14;
    private static final double LETTER = 7.3;
    private static final int PADDING = 10;

    private final RouteEntry route;
    int column;
    int x;
    int y;

    DrawnRoute(RouteEntry route) {
        this.route = route;
    }

    RouteEntry route() {
        return route;
    }

    String id() {
        return route.id() == null ? "(without id)" : route.id().text();
    }

    int width() {
        double widest = Math.max(letters(id()), letters(source()));
        for (Step step : route.steps()) {
            widest = Math.max(widest, letters(name(step)) + step.depth() * INDENT);
        }
        return (int) Math.ceil(widest) + 2 * PADDING;
    }

    int height() {
        return HEAD + lines() * LINE + PADDING;
    }

    /** The middle of the line of a step. */
    int stepY(int step) {
        return y + HEAD + (lines() - route.steps().size() + step) * LINE + LINE / 2 + 2;
    }

    String draw() {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<g><title>%s</title><rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                        + "<path class=\"head\" d=\"M%d,%d v-14 q0,-6 6,-6 h%d q6,0 6,6 v14 z\"/>"
                        + "<text class=\"id\" x=\"%d\" y=\"%d\">%s</text>\n",
                escaped(route.description() == null ? id() : route.description()), x, y, width(), height(), x, y + 20,
                width() - 12, x + PADDING, y + 15, escaped(id())));
        if (!source().isEmpty()) {
            svg.append(text("from", x + PADDING, y + HEAD + LINE - 4, source()));
        }
        List<Step> steps = route.steps();
        for (int i = 0; i < steps.size(); i++) {
            svg.append(text("step", x + PADDING + steps.get(i).depth() * INDENT, stepY(i) + 4, name(steps.get(i))));
        }
        return svg.append("</g>\n").toString();
    }

    private int lines() {
        return route.steps().size() + (source().isEmpty() ? 0 : 1);
    }

    private String source() {
        return route.from() == null || route.answers() != null ? "" : "from " + route.from().text().replaceFirst(":.*", "");
    }

    private static String name(Step step) {
        return step.id() == null ? step.kind() : step.id();
    }

    private static double letters(String text) {
        return text.length() * LETTER;
    }

    private static String text(String style, int x, int y, String text) {
        return "<text class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + "\">" + escaped(text) + "</text>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
