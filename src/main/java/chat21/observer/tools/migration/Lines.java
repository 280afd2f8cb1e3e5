package chat21.observer.tools.migration;

import java.io.IOException;

/** The lines of an export, without their ends, however long a broken one may be. */
final class Lines extends Pieces {

    Lines(ExportText text, long number, int maxBytes) {
        super(text, number, maxBytes);
    }

    @Override
    Piece next() throws IOException {
        begin();
        int b = text().read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            keep(b);
            b = text().read();
        }
        return end();
    }
}
