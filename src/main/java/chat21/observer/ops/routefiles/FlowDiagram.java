package chat21.observer.ops.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import chat21.observer.ops.routefiles.RouteFile.RouteEntry;
import chat21.observer.ops.routefiles.RouteFile.Step;

/**
 * Draws the flow: a box for each route with its steps, an arrow for each call, a dashed one where another route goes on
 * with what a route has put down. Columns from left to right say how far a message has come.
 */
public final class FlowDiagram {

    private static final int COLUMN_GAP = 70;
    private static final int ROW_GAP = 22;
    private static final int MARGIN = 24;

    private final Map<String, DrawnRoute> boxes = new LinkedHashMap<>();
    private final List<Arrow> arrows = new ArrayList<>();

    private record Arrow(DrawnRoute from, int step, DrawnRoute to, boolean dashed) {
    }

    private FlowDiagram(Collection<RouteFile> files) {
        Map<String, DrawnRoute> answering = new HashMap<>();
        for (RouteFile file : files) {
            for (RouteEntry route : file.content().routes()) {
                DrawnRoute box = new DrawnRoute(route);
                boxes.put(box.id(), box);
                answering.put(route.answers() == null ? "" : route.answers(), box);
            }
        }
        boxes.values().forEach(box -> connect(box, answering));
    }

    /** The flow of these files as SVG, readable on a light and on a dark page. */
    public static String of(Collection<RouteFile> files) {
        FlowDiagram diagram = new FlowDiagram(files);
        diagram.layOut();
        return diagram.draw();
    }

    private void connect(DrawnRoute box, Map<String, DrawnRoute> answering) {
        List<Step> steps = box.route().steps();
        for (int i = 0; i < steps.size(); i++) {
            DrawnRoute called = steps.get(i).call() == null ? null : answering.get(steps.get(i).call());
            if (called != null) {
                arrows.add(new Arrow(box, i, called, false));
            }
        }
        DrawnRoute next = box.route().continuesIn() == null ? null : boxes.get(box.route().continuesIn());
        if (next != null) {
            arrows.add(new Arrow(box, steps.size() - 1, next, true));
        }
    }

    private void layOut() {
        // As far right as the longest way there; the number of boxes bounds the rounds, should routes call in a circle.
        for (int round = 0; round < boxes.size(); round++) {
            arrows.forEach(arrow -> arrow.to().column = Math.max(arrow.to().column,
                    Math.min(arrow.from().column + 1, boxes.size())));
        }
        int x = MARGIN;
        int last = boxes.values().stream().mapToInt(box -> box.column).max().orElse(0);
        for (int column = 0; column <= last; column++) {
            int here = column;
            List<DrawnRoute> stack = new ArrayList<>(boxes.values().stream().filter(box -> box.column == here).toList());
            stack.sort(Comparator.comparingDouble(this::wish));
            int y = MARGIN;
            for (DrawnRoute box : stack) {
                box.x = x;
                // Beside its caller if there is room.
                box.y = Math.max(y, stack.size() <= 2 ? (int) Math.min(wish(box), 4_000) - 13 : y);
                y = box.y + box.height() + ROW_GAP;
            }
            x += stack.stream().mapToInt(DrawnRoute::width).max().orElse(0) + COLUMN_GAP;
        }
    }

    // Where the arrows to it come from.
    private double wish(DrawnRoute box) {
        return arrows.stream().filter(arrow -> arrow.to() == box && arrow.from().column < box.column)
                .mapToDouble(arrow -> arrow.from().stepY(arrow.step())).average()
                .orElse(arrows.stream().anyMatch(arrow -> arrow.from() == box) ? 0 : 5_000);
    }

    private String draw() {
        int width = boxes.values().stream().mapToInt(box -> box.x + box.width()).max().orElse(0) + MARGIN;
        int height = boxes.values().stream().mapToInt(box -> box.y + box.height()).max().orElse(0) + MARGIN;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                aria-label="The flow: its routes, their steps, and who calls whom">
                <style>
                  .page { fill: #ffffff } .box { fill: #f6f8fa; stroke: #57606a } .head { fill: #0969da }
                  text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328 }
                  .id { font-weight: 600; fill: #ffffff } .from { fill: #57606a; font-style: italic }
                  .call { fill: none; stroke: #57606a; stroke-width: 1.3 } .later { stroke-dasharray: 5 4 }
                  .tip { fill: #57606a }
                  @media (prefers-color-scheme: dark) {
                    .page { fill: #0d1117 } .box { fill: #161b22; stroke: #8b949e } .head { fill: #1f6feb }
                    text { fill: #e6edf3 } .id { fill: #ffffff } .from { fill: #9aa4af }
                    .call { stroke: #9aa4af } .tip { fill: #9aa4af }
                  }
                </style>
                <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
                <path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>
                <rect class="page" width="100%%" height="100%%"/>
                """, width, height, width, height));
        arrows.forEach(arrow -> svg.append(curve(arrow)));
        boxes.values().forEach(box -> svg.append(box.draw()));
        return svg.append("</svg>\n").toString();
    }

    private static String curve(Arrow arrow) {
        int fromX = arrow.from().x + arrow.from().width();
        int fromY = arrow.from().stepY(arrow.step());
        int toX = arrow.to().x - 1;
        int toY = arrow.to().y + 13;
        return String.format(Locale.ROOT, "<path class=\"call%s\" marker-end=\"url(#tip)\" d=\"M%d,%d C%d,%d %d,%d %d,%d\"/>%n",
                arrow.dashed() ? " later" : "", fromX, fromY, fromX + COLUMN_GAP / 2, fromY, toX - COLUMN_GAP / 2, toY,
                toX, toY).replace("\r\n", "\n");
    }
}
