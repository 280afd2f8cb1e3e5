package chat21.observer.tools.migration;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What the documents of a file are in: it is looked at before they are.
 *
 * @param gzip     whether it is packed by gzip
 * @param encoding how its characters are written
 * @param form     where a document ends
 */
record Container(boolean gzip, Encoding encoding, Form form) {

    /** How characters are written. */
    enum Encoding { UTF_8, UTF_16LE, UTF_16BE }

    /** Where a document ends. */
    enum Form {
        /** With its line. */
        LINES("line"),
        /** With its last brace; it may stand on several lines. */
        DOCUMENTS("document"),
        /** With its last brace, too, and the last one with the bracket of an array. */
        ARRAY("document");

        private final String unit;

        Form(String unit) {
            this.unit = unit;
        }

        /** What is counted: {@code line} or {@code document}. */
        String unit() {
            return unit;
        }
    }

    private static final int SAMPLE = 1 << 16;
    private static final int LONGEST_DOCUMENT = 17 << 20;
    // A document over several lines goes on with the name of a field.
    private static final Pattern PRETTY = Pattern.compile("\\{\\s*\\R\\s*[\"}].*", Pattern.DOTALL);
    private static final Pattern ARRAY = Pattern.compile("\\[.*", Pattern.DOTALL);

    private static final List<Magic> PACKED = List.of(new Magic(0, "504b0304", "zip"), new Magic(0, "504b0506", "zip"),
            new Magic(0, "28b52ffd", "zstd"), new Magic(0, "425a68", "bzip2"), new Magic(0, "fd377a585a00", "xz"),
            new Magic(0, "04224d18", "lz4"), new Magic(0, "377abcaf271c", "7-Zip"), new Magic(0, "52617221", "rar"),
            new Magic(257, "7573746172", "tar"));
    private static final List<Magic> DUMPS = List.of(new Magic(0, "6de29981", "an archive of mongodump"));
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private record Magic(int at, String hex, String name) {
        boolean isIn(byte[] sample) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return sample.length >= at + bytes.length
                    && Arrays.equals(sample, at, at + bytes.length, bytes, 0, bytes.length);
        }
    }

    /**
     * Looks at the beginning of a file.
     *
     * @throws IOException in one sentence that names it, if nothing here can read what it is
     */
    static Container of(Path file) throws IOException {
        byte[] sample = sample(Files.newInputStream(file));
        boolean gzip = startsWith(sample, GZIP);
        if (gzip) {
            try {
                sample = sample(new GZIPInputStream(Files.newInputStream(file)));
            } catch (EOFException | ZipException e) {
                throw new IOException(file + " is packed by gzip, but cut off or damaged at its beginning: pack it again.");
            }
            if (startsWith(sample, GZIP)) {
                throw new IOException(file + " is packed by gzip twice: unpack it once.");
            }
        }
        check(file, sample);
        Encoding encoding = encoding(file, sample);
        return new Container(gzip, encoding, form(text(sample, encoding)));
    }

    /** What is unusual about it, in a few words, or nothing where all is as mongoexport writes it. */
    String unusual() {
        List<String> all = new ArrayList<>();
        if (gzip) {
            all.add("packed by gzip");
        }
        if (encoding != Encoding.UTF_8) {
            all.add("written in " + (encoding == Encoding.UTF_16LE ? "UTF-16, little-endian" : "UTF-16, big-endian"));
        }
        if (form != Form.LINES) {
            all.add(form == Form.ARRAY ? "one array" : "printed over several lines");
        }
        return String.join(", ", all);
    }

    // What is damaged further on is for whoever reads all of it.
    private static byte[] sample(InputStream in) throws IOException {
        byte[] sample = new byte[SAMPLE];
        int filled = 0;
        try (in) {
            for (int n = 0; n >= 0 && filled < SAMPLE;) {
                n = in.read(sample, filled, SAMPLE - filled);
                filled += Math.max(0, n);
            }
        } catch (EOFException | ZipException e) {
            if (filled == 0) {
                throw e;
            }
        }
        return Arrays.copyOf(sample, filled);
    }

    private static void check(Path file, byte[] sample) throws IOException {
        for (Magic magic : PACKED) {
            if (magic.isIn(sample)) {
                throw new IOException(file + " is packed by " + magic.name + ", which is not read here: unpack it, or pack it "
                        + "by gzip.");
            }
        }
        for (Magic magic : DUMPS) {
            if (magic.isIn(sample)) {
                throw new IOException(file + " is " + magic.name + ": write the collection by mongoexport.");
            }
        }
        if (isBson(sample)) {
            throw new IOException(file + " holds BSON, as mongodump writes it: turn it into JSON by bsondump, or write the "
                    + "collection by mongoexport.");
        }
    }

    // A document of BSON: its length, lowest byte first, then the type and the name of its first field.
    private static boolean isBson(byte[] b) {
        if (b.length < 8 || b[3] < 0) {
            return false;
        }
        int length = b[0] & 0xff | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | b[3] << 24;
        return length >= 8 && length <= LONGEST_DOCUMENT && b[4] >= 1 && b[4] <= 0x13 && b[5] > ' ';
    }

    private static Encoding encoding(Path file, byte[] b) throws IOException {
        if (b.length >= 4 && (isAt(b, 0, 0, 0xfe, 0xff) || isAt(b, 0xff, 0xfe, 0, 0)
                || isAt(b, 0, 0, 0) && b[3] != 0 || b[0] != 0 && isAt(b, b[0] & 0xff, 0, 0, 0))) {
            throw new IOException(file + " is written in UTF-32, which is not read here: write it in UTF-8.");
        }
        if (isAt(b, 0xff, 0xfe) || b.length >= 2 && b[0] != 0 && b[1] == 0) {
            return Encoding.UTF_16LE;
        }
        return isAt(b, 0xfe, 0xff) || b.length >= 2 && b[0] == 0 && b[1] != 0 ? Encoding.UTF_16BE : Encoding.UTF_8;
    }

    private static boolean isAt(byte[] b, int... values) {
        for (int i = 0; i < values.length; i++) {
            if (i >= b.length || (b[i] & 0xff) != values[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] b, byte[] beginning) {
        return b.length >= beginning.length && Arrays.equals(b, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static String text(byte[] sample, Encoding encoding) {
        String text = new String(sample, switch (encoding) {
            case UTF_8 -> StandardCharsets.UTF_8;
            case UTF_16LE -> StandardCharsets.UTF_16LE;
            case UTF_16BE -> StandardCharsets.UTF_16BE;
        });
        return text.replace("\ufeff", "").stripLeading();
    }

    private static Form form(String text) {
        if (ARRAY.matcher(text).matches()) {
            return Form.ARRAY;
        }
        return PRETTY.matcher(text).matches() ? Form.DOCUMENTS : Form.LINES;
    }
}
