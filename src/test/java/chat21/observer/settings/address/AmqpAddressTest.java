package chat21.observer.settings.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmqpAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "amqp://guest:guest@localhost:5672       | guest | guest | localhost:5672 | /",
        "amqp://guest:guest@localhost:5672/      | guest | guest | localhost:5672 | /",
        "amqp://guest:guest@localhost:5672/%2F   | guest | guest | localhost:5672 | /",
        "amqp://guest:guest@localhost:5672//     | guest | guest | localhost:5672 | /",
        "amqp://localhost                        | guest | guest | localhost:5672 | /",
        "amqp://                                 | guest | guest | localhost:5672 | /",
        "amqp://localhost:                       | guest | guest | localhost:5672 | /",
        "AMQP://localhost/chat                   | guest | guest | localhost:5672 | chat",
        "amqps://rabbit.example.org              | guest | guest | rabbit.example.org:5671 | /",
        "amqps://rabbit.example.org:443/a/b      | guest | guest | rabbit.example.org:443 | a/b",
        "amqp://me@tiledesk_server               | me    | ''    | tiledesk_server:5672 | /",
        "amqp://me:pw@rabbit_mq:5673/vh%2Fost    | me    | pw    | rabbit_mq:5673 | vh/ost",
        "amqp://m%40e:p%3A%2F%C3%A9w@h           | m@e   | p:/éw | h:5672 | /",
        "amqp://me:p@ss:w%@h                     | me    | p@ss:w% | h:5672 | /",
        "amqp://me:a,b@h                         | me    | a,b   | h:5672 | /",
        "amqp://me:p+w@h                         | me    | p+w   | h:5672 | /",
        "amqp://guest:guest@[::1]:5672/          | guest | guest | [::1]:5672 | /",
        "amqp://[fe80::1%25eth0]                 | guest | guest | [fe80::1%eth0]:5672 | /",
        "amqp://bücher.example                   | guest | guest | xn--bcher-kva.example:5672 | /",
        "amqp://me:pw@a:5672,b,[::1]:5674/chat   | me    | pw    | a:5672, b:5672, [::1]:5674 | chat",
        "amqp://me:pw@a:1,b:2,                   | me    | pw    | a:1, b:2 | /",
        "amqp://me:pw@a:1 , b:2/x                | me    | pw    | a:1, b:2 | x",
        "amqp://me:pw@a/x,amqp://me:pw@b/x       | me    | pw    | a:5672, b:5672 | x",
        "amqp://me:pw@a/x?heartbeat=5, amqp://me:pw@b/x?heartbeat=5 | me | pw | a:5672, b:5672 | x",
    })
    void anAddressIsReadAsNodesLibrariesReadIt(String text, String user, String password, String hosts, String vhost) {
        AmqpAddress address = AmqpAddress.of("  " + text + " \n");

        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password);
        assertThat(address.shown()).isEqualTo(hosts);
        assertThat(address.virtualHost()).isEqualTo(vhost);
        assertThat(address.tls()).isEqualTo(text.startsWith("amqps"));
    }

    @Test
    void parametersAreThoseOfAmqplibAndOthersAreIgnored() {
        AmqpAddress address = AmqpAddress.of("amqp://h?heartbeat=7&frameMax=0x1000&channelMax=9&connection_timeout=800&locale=en");

        assertThat(address.heartbeatSeconds()).hasValue(7);
        assertThat(address.frameMax()).hasValue(4096);
        assertThat(address.channelMax()).hasValue(9);
        assertThat(address.connectionTimeout()).hasValue(800);
        assertThat(AmqpAddress.of("amqp://h/?heartbeat=").heartbeatSeconds()).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "secret", "localhost:5672", "http://me:secret@h", "amqp:/h", "amqp://me:secret@h:0",
        "amqp://me:secret@h:65536", "amqp://me:secret@h:port", "amqp://me:secret@::1", "amqp://me:secret@[h]",
        "amqp://me:secret@h h", "amqp://me:sec/ret@h", "amqp://me:secret?x@h", "amqp://h?heartbeat=abc",
        "amqp://me:secret@h?heartbeat=-1", "amqp://me:secret@a/x,amqp://me:secret@b/y", "\"amqp://me:secret@h\""})
    void whatIsNoneIsRefusedWithoutItsSecrets(String text) {
        assertThatThrownBy(() -> AmqpAddress.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ").hasMessageContaining(", but ")
                .satisfies(e -> assertThat(e.getMessage().replace("'secret'", "")).doesNotContain("secret", "sec/"));
    }
}
