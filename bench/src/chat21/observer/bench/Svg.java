package chat21.observer.bench;

import java.util.Locale;

/** Writes the few shapes that a chart needs, with colours by class, so that light and dark readers both see it. */
final class Svg {

    private static final String STYLE = """
            .card{fill:#ffffff;stroke:#d0d7de}.grid{stroke:#d8dee4;stroke-width:1}
            text{font:13px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
            .title{font-size:18px;font-weight:600}.head{font-size:14px;font-weight:600}.soft{fill:#59636e;font-size:12px}
            .c0{fill:#8c959f;stroke:#8c959f}.c1{fill:#0969da;stroke:#0969da}.c2{fill:#bc4c00;stroke:#bc4c00}
            .c3{fill:#1a7f37;stroke:#1a7f37}.c4{fill:#8250df;stroke:#8250df}.span{stroke-width:3}
            @media (prefers-color-scheme:dark){.card{fill:#0d1117;stroke:#3d444d}.grid{stroke:#2a313c}
            text{fill:#f0f6fc}.soft{fill:#9198a1}.c0{fill:#9198a1;stroke:#9198a1}.c1{fill:#4493f8;stroke:#4493f8}
            .c2{fill:#f0883e;stroke:#f0883e}.c3{fill:#3fb950;stroke:#3fb950}.c4{fill:#ab7df8;stroke:#ab7df8}}
            """;
    private static final int COLOURS = 5;

    private final StringBuilder shapes = new StringBuilder();

    /** The class of a series, the first one being the yardstick's. */
    static String colour(int series) {
        return "c" + (series < COLOURS ? series : 1 + (series - 1) % (COLOURS - 1));
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        return add("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>", style, x, y, width,
                height);
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    Svg circle(String style, double x, double y, double radius) {
        return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", style, x, y, radius);
    }

    /** Text that begins at a point; its base line lies there. */
    Svg text(String style, double x, double y, String text) {
        return add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escape(text));
    }

    /** Text whose middle lies at a point. */
    Svg centred(String style, double x, double y, String text) {
        return add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", style, x, y, escape(text));
    }

    /** The whole picture, with a title for those who do not see it. */
    String document(String title, double width, double height) {
        String size = String.format(Locale.ROOT, "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\"", width, height,
                width, height);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + " role=\"img\">\n<title>" + escape(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n"
                + new Svg().rectangle("card", 0.5, 0.5, width - 1, height - 1).shapes + shapes + "</svg>\n";
    }

    private Svg add(String shape, Object... values) {
        shapes.append(String.format(Locale.ROOT, shape, values)).append('\n');
        return this;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
