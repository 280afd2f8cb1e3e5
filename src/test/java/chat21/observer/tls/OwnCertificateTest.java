package chat21.observer.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCertificateTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-newkey rsa:2048", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1"})
    void anyUsualKindOfKeyIsRead(String kind) {
        OwnCertificate made = make("a", kind);

        assertThatCode(made::read).doesNotThrowAnyException();
    }

    @Test
    void keysInTheOlderFormsOfOpensslAreRead() {
        make("rsa", "-newkey rsa:2048");
        run("openssl rsa -traditional -in rsa.key -out old.key");
        assertThatCode(new OwnCertificate(folder.resolve("rsa.pem"), folder.resolve("old.key"))::read).doesNotThrowAnyException();

        make("ec", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");
        run("openssl ec -in ec.key -out old.key");
        assertThatCode(new OwnCertificate(folder.resolve("ec.pem"), folder.resolve("old.key"))::read).doesNotThrowAnyException();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        OwnCertificate one = make("one", "-newkey rsa:2048");
        OwnCertificate same = make("same", "-newkey rsa:2048");
        OwnCertificate other = make("other", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");

        assertThatThrownBy(new OwnCertificate(one.certificate(), same.key())::read).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("same.key", "is not that of the certificate", "one.pem");
        assertThatThrownBy(new OwnCertificate(one.certificate(), other.key())::read).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not match");
    }

    @Test
    void whatIsNoPemIsRefusedWithItsNameAndWithoutWhatIsInIt() throws IOException {
        OwnCertificate one = make("one", "-newkey rsa:2048");
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "a secret");

        assertThatThrownBy(new OwnCertificate(one.certificate(), wrong)::read).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong.pem").hasMessageNotContaining("secret");
        assertThatThrownBy(new OwnCertificate(wrong, one.key())::read).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientTls.of(wrong.toString(), "", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wrong.pem");
        assertThatThrownBy(() -> ClientTls.of(folder.resolve("none").toString(), "", ""))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void whileAFileCannotBeReadWhatItHeldCounts() throws IOException {
        OwnCertificate one = make("one", "-newkey rsa:2048");
        ClientTls tls = ClientTls.of(one.certificate().toString(), "", "");
        assertThat(tls.context()).isNotNull();

        Files.writeString(one.certificate(), "half a");

        assertThat(tls.context()).isNotNull();
    }

    private OwnCertificate make(String name, String kind) {
        run("openssl req -x509 -nodes " + kind + " -subj /CN=" + name + " -keyout " + name + ".key -out " + name + ".pem");
        return new OwnCertificate(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    private void run(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" ")).directory(folder.toFile()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
