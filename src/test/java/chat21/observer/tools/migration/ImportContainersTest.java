package chat21.observer.tools.migration;

import static chat21.observer.tools.migration.ImportRun.message;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people have of their collections: whatever it is written and packed in, no document is lost, or it is named. */
class ImportContainersTest {

    private static final String BOM = "\ufeff";
    private static final String TEXT = "grüße 🎉 漢";

    @TempDir
    private Path folder;
    private ImportRun imports;

    @BeforeEach
    void begin() {
        imports = new ImportRun(folder);
    }

    @AfterEach
    void end() throws SQLException {
        imports.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void everyEncodingOfUnicodeIsReadWithItsMarkAndWithout(String encoding) throws Exception {
        Charset charset = Charset.forName(encoding);
        imports.write("bom.json", (BOM + doc("m1") + "\r\n\r\n" + doc("m2")).getBytes(charset));
        imports.write("plain.json", (doc("m3") + "\r\n" + doc("m4") + "\r\n").getBytes(charset));

        assertThat(imports.run("--messages", "bom.json", "--messages", "plain.json")).isZero();

        assertThat(stored()).containsExactly("m1", "m2", "m3", "m4");
        assertThat(imports.database().column("select payload from message")).allMatch(payload -> payload.contains("grüße \\uD83C\\uDF89 漢"));
    }

    @Test
    void filesThatWerePutTogetherKeepWhatIsBehindAMark() throws Exception {
        imports.write("m.json", (BOM + doc("m1") + "\n" + BOM + doc("m2") + "\n").getBytes(UTF_8));

        assertThat(imports.run("--messages", "m.json")).isZero();
        assertThat(stored()).containsExactly("m1", "m2");
    }

    @Test
    void halfACharacterRefusesItsDocumentAndIsNotTakenWithOtherLetters() throws Exception {
        imports.write("m.json", (doc("m1") + "\n" + doc("m2").replace("\"text\":\"m2", "\"text\":\"¿") + "\n"
                + doc("m3") + "\n").getBytes(UTF_16LE));
        byte[] broken = Files.readAllBytes(folder.resolve("m.json"));
        int question = indexOf(broken, "\"text\":\"¿".getBytes(UTF_16LE));
        broken[question + 16] = 0x3c;
        broken[question + 17] = (byte) 0xd8;
        imports.write("m.json", broken);

        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);

        assertThat(stored()).containsExactly("m1", "m3");
        assertThat(Files.readString(imports.refusedFile(".txt"))).isEqualTo("line 2: bad-payload: the payload is not valid UTF-8\n");
    }

    @Test
    void gzipIsUnpackedAndSoIsGzipBehindGzip() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(gzip((doc("m1") + "\n").getBytes(UTF_8)));
        both.writeBytes(gzip((doc("m2") + "\n").getBytes(UTF_8)));
        imports.write("m.json.gz", both.toByteArray());
        imports.write("n.json", gzip((BOM + "[" + doc("m3") + "]").getBytes(UTF_16BE)));

        assertThat(imports.run("--messages", "m.json.gz", "--messages", "n.json")).isZero();
        assertThat(imports.out()).contains("m.json.gz: packed by gzip; read as that.",
                "n.json: packed by gzip, written in UTF-16, big-endian, one array; read as that.");
        assertThat(stored()).containsExactly("m1", "m2", "m3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s,%s]", "[%s,\n%s,\n%s\n]\n", "\n \n[\n%s ,\r\n %s\n, %s]", "[%s]\n[%s,%s]", "[][%s,%s,[],%s]"})
    void anArrayIsReadHoweverItIsPrinted(String array) throws Exception {
        imports.write("m.json", array.formatted(doc("m1"), doc("m2"), doc("m3")).getBytes(UTF_8));

        assertThat(imports.run("--messages", "m.json")).isZero();
        assertThat(stored()).containsExactly("m1", "m2", "m3");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINES", value = Container.Form.class)
    void documentsThatAreSpreadOverLinesAreRead(Container.Form form) throws Exception {
        String documents = pretty(doc("m1")) + (form == Container.Form.ARRAY ? ",\n" : "\n") + pretty(doc("m2"));
        imports.write("m.json", (form == Container.Form.ARRAY ? "[" + documents + "]" : documents).getBytes(UTF_8));

        assertThat(imports.run("--messages", "m.json")).isZero();
        assertThat(stored()).containsExactly("m1", "m2");
        assertThat(imports.out()).contains("2 documents, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,\n%s,\n%s]", "[%s,%s,%s]", "[\n  %s,\n  %s,\n  %s\n]"})
    void aBrokenDocumentOfAnArrayTakesNoOtherWithIt(String array) throws Exception {
        for (String broken : new String[] {doc("m2").replace("\"m2 ", "m2 "), doc("m2").replace("200}", "200"),
            doc("m2").substring(0, 90), "5", "null", doc("m2") + "}"}) {
            imports.write("m.json", array.formatted(doc("m1"), broken, doc("m3")).getBytes(UTF_8));

            assertThat(imports.run("--again", "--messages", "m.json")).as(broken).isEqualTo(3);
            assertThat(stored()).as(broken).contains("m1", "m3");
            imports.database().change("delete from timeline");
            imports.database().change("delete from message");
        }
    }

    @Test
    void whatWasRefusedOfAnArrayCanBeMendedAndImported() throws Exception {
        imports.write("m.json", ("[" + pretty(doc("m1")) + ",\n" + pretty(doc("m2").replace("\"alice\"", "\"a.b\""))
                + "]").getBytes(UTF_8));
        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);
        assertThat(Files.readString(imports.refusedFile(".txt"))).startsWith("document 2: bad-id: ");
        imports.write("mended.json", Files.readString(imports.refusedFile(".json")).replace("a.b", "alice").strip());

        assertThat(imports.run("--messages", "mended.json")).isZero();
        assertThat(stored()).containsExactly("m1", "m2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf16.json", "lines.json.gz", "array.json", "array.json.gz"})
    void anInterruptedImportGoesOnInTheMidstOfAnyContainer(String file) throws Exception {
        // More than any buffer holds on the way.
        int count = 2_005;
        boolean array = file.startsWith("array");
        StringBuilder all = new StringBuilder(array ? "[" : "");
        long offset = 0;
        for (int i = 0; i < count; i++) {
            if (array && i == count - 5) {
                offset = all.toString().getBytes(UTF_8).length;
            }
            all.append(array && i > 0 ? ",\n" : "");
            if (!array && i == count - 5) {
                offset = all.toString().getBytes(UTF_8).length;
            }
            all.append(doc("m" + i)).append(array ? "" : "\n");
        }
        byte[] bytes = all.append(array ? "]" : "").toString().getBytes(file.startsWith("utf16") ? UTF_16LE : UTF_8);
        imports.write(file, file.endsWith(".gz") ? gzip(bytes) : bytes);
        assertThat(imports.run("--messages", file)).isZero();
        assertThat(imports.database().number("select line from import_position")).isEqualTo(count);
        // As after a crash: the last batch is gone, and the position is that of the one before it.
        imports.database().change("update import_position set line = ?, offset_bytes = ?, stored = 0", count - 5, offset);
        imports.database().change("delete from timeline");
        imports.database().change("delete from message");

        assertThat(imports.run("--messages", file)).isZero();

        assertThat(stored()).containsExactlyInAnyOrder(IntStream.range(count - 5, count).mapToObj(i -> "m" + i)
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 60, 400, 2_000})
    void whatIsCutOffIsSaidAndAllBeforeItIsThere(int missing) throws Exception {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, 2_000).forEach(i -> all.append(doc("m" + i)).append('\n'));
        byte[] packed = gzip(all.toString().getBytes(UTF_8));
        imports.write("m.json.gz", Arrays.copyOf(packed, packed.length - missing));

        assertThat(imports.run("--messages", "m.json.gz")).isEqualTo(3);

        assertThat(imports.out()).contains("m.json.gz: not whole, gzip says that it is cut off.");
        assertThat(stored()).contains("m0", "m1", "m100").hasSizeGreaterThan(200);
    }

    @Test
    void whatFollowsAGzipMemberAndIsNoneIsSaid() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(gzip((doc("m1") + "\n").getBytes(UTF_8)));
        both.writeBytes((doc("m2") + "\n").getBytes(UTF_8));
        imports.write("m.json.gz", both.toByteArray());

        assertThat(imports.run("--messages", "m.json.gz")).isEqualTo(3);
        assertThat(imports.out()).contains("not whole, what follows its first gzip member cannot be unpacked.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s", "[%s,\n%s,\n", "[%s,%s,{\"_id\":{\"$oid\":\"1\"},\"text\":\"cut "})
    void anArrayWithoutEndIsSaid(String array) throws Exception {
        imports.write("m.json", array.formatted(doc("m1"), doc("m2")).getBytes(UTF_8));

        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);
        assertThat(imports.out()).contains("m.json: not whole, its array has no end.");
        assertThat(stored()).containsExactly("m1", "m2");
    }

    @ParameterizedTest
    @CsvSource({"504b0304140000, zip", "28b52ffd0458, zstd", "425a6839314159, bzip2", "fd377a585a0000, xz",
        "6de299810000, mongodump", "2a000000075f696400, BSON", "2a010000025f696400, BSON", "7b000000220000, UTF-32",
        "0000feff0000007b, UTF-32", "1f8b08, damaged"})
    void whatIsNotReadIsNamedInOneSentence(String hex, String name) throws Exception {
        imports.write("m.json", HexFormat.of().parseHex(hex));
        imports.write("packed.gz", gzip(HexFormat.of().parseHex(hex)));

        assertThat(imports.run("--messages", "m.json")).isEqualTo(1);
        assertThat(imports.err()).contains(name).endsWith(".\n").hasLineCount(1);
        assertThat(imports.run("--messages", "packed.gz")).isEqualTo(1);
        assertThat(imports.err()).hasLineCount(2);
    }

    @Test
    void emptyFilesHoldNothing() throws Exception {
        imports.write("m.json", new byte[0]);
        imports.write("m.json.gz", gzip(new byte[0]));
        imports.write("a.json", "[]".getBytes(UTF_8));
        imports.write("b.json", BOM.getBytes(UTF_8));

        assertThat(imports.run("--messages", "m.json", "--messages", "m.json.gz", "--messages", "a.json", "--messages",
                "b.json")).isZero();
    }

    @Test
    void numbersThatJsonDoesNotKnowAreAsNull() throws Exception {
        imports.write("m.json", doc("m1").replace("\"p1\"", "NaN,\"b\":-Infinity,\"c\":[Infinity]"));

        assertThat(imports.run("--messages", "m.json")).isZero();
        assertThat(imports.database().column("select payload from message")).singleElement().asString()
                .contains("\"attributes\":{\"projectId\":null,\"b\":null,\"c\":[null]}");
    }

    @Test
    void whatMeansNothingAndNumbersThatAreTextsAreTakenInGroupsAsOverRest() throws Exception {
        String attributes = "{\"note\":\"" + "x".repeat(262_144 - 11) + "\"}";
        imports.write("g.json",
                "{\"uid\":\"group-1\",\"appId\":\"tilechat\",\"name\":5,\"owner\":7,\"members\":{\"7\":1},\"attributes\":"
                        + attributes + ",\"createdOn\":\"1600000000000.7\",\"updatedOn\":\"\"}",
                "{\"uid\":\"group-2\",\"appId\":\"tilechat\",\"name\":[],\"owner\":\"\",\"members\":null}",
                "{\"uid\":\"group-3\",\"appId\":\"tilechat\",\"name\":\" \u200b\",\"owner\":\"alice\"}",
                "{\"uid\":\"group-4\",\"appId\":\"tilechat\",\"name\":\"large\",\"attributes\":"
                        + attributes.replace("note", "notes") + "}");

        assertThat(imports.run("--groups", "g.json")).isEqualTo(3);

        assertThat(imports.database().column("select name from chat_group order by group_id")).containsExactly("5", "null");
        assertThat(imports.database().column("select owner from chat_group where group_id = 'group-1'")).containsExactly("7");
        assertThat(imports.database().column("select created_on from chat_group where group_id = 'group-1'"))
                .containsExactly("1600000000000");
    }

    @Test
    void aMessagesTimeIsANumberOrADateAndNoText() throws Exception {
        imports.write("m.json", ImportRun.message("alice", "bob", "m1", 1, "100"),
                ImportRun.message("alice", "bob", "m2", 2, "100")
                        .replaceFirst("\\{\"\\$numberLong\":(\"\\d+\")}", "$1"));

        assertThat(imports.run("--messages", "m.json")).isEqualTo(3);

        assertThat(Files.readString(imports.refusedFile(".txt"))).contains("line 2", "timestamp");
        assertThat(imports.database().number("select count(*) from message")).isEqualTo(1);
    }

    @Test
    void aGroupIsTakenAsRestTakesIt() throws Exception {
        String group = "{\"uid\":\"group-%s\",\"appId\":\"tilechat\",\"name\":%s,\"owner\":\"alice\",\"members\":%s,"
                + "\"attributes\":%s,\"createdOn\":1600000000000.7}";
        imports.write("g.json", group.formatted("1", "\"Two\\nlines\\t\"", "{\"alice\":1,\"b.b\":1}", "[]"),
                group.formatted("2", "null", "[]", "{\"x\":\"" + "x".repeat(60_000) + "\"}"),
                group.formatted("3", "\"zero\\u0000\"", "{}", "\"\""));

        assertThat(imports.run("--groups", "g.json")).isEqualTo(3);

        assertThat(imports.database().column("select name from chat_group order by group_id")).containsExactly("Two\nlines\t",
                "null");
        assertThat(imports.database().column("select member_id from group_member")).containsExactly("alice");
        assertThat(Files.readAllLines(imports.refusedFile(".txt"))).satisfiesExactly(
                left -> assertThat(left).startsWith("line 1: left out: one of members must not hold ."),
                refused -> assertThat(refused).startsWith("line 3: bad-field: name must be a text"));
    }

    private List<String> stored() {
        return imports.database().column("select message_id from message order by message_id");
    }

    private static String doc(String id) {
        return message("alice", "bob", id, 1, "200").replace("\"text\":\"" + id, "\"text\":\"" + id + " " + TEXT
                + " {\\\"_\\\\");
    }

    private static String pretty(String document) {
        return document.replace("{\"", "{\n\t\"").replace(",\"", ",\n\t\"").replace("}}", "}\n}");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return IntStream.range(0, bytes.length - part.length)
                .filter(i -> Arrays.equals(bytes, i, i + part.length, part, 0, part.length)).findFirst().orElseThrow();
    }
}
