package chat21.observer.settings.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http://h                        | http://h/",
        "HTTP://h:80/                    | http://h:80/",
        "https://me:pw@h/a?b=c#d         | https://h/a?b=c",
        "http://tiledesk_server:3000/x/  | http://tiledesk_server:3000/x/",
        "http://[::1]:3000               | http://[::1]:3000/",
        "http://h/a b/{id}/é?q=a b       | http://h/a%20b/%7Bid%7D/%C3%A9?q=a%20b",
        "http://h/%20%zz                 | http://h/%20%25zz",
    })
    void anAddressIsCalledAsPeopleWriteIt(String text, String url) {
        assertThat(WebAddress.of(" " + text + "\n").url()).isEqualTo(url);
    }

    @Test
    void theNameOfAComposeServiceIsCalledByItsAddressUnderItsName() throws UnknownHostException {
        List<String> asked = new ArrayList<>();
        var request = WebAddress.of("http://tiledesk_server:3000/hook?a=b").request(name -> {
            asked.add(name);
            return InetAddress.getLoopbackAddress();
        }).build();

        assertThat(asked).containsExactly("tiledesk_server");
        assertThat(request.uri()).hasToString("http://127.0.0.1:3000/hook?a=b");
        assertThat(request.headers().firstValue("Host")).contains("tiledesk_server:3000");
    }

    @Test
    void userAndPasswordAreAHeaderAndNoPartOfTheUrl() throws UnknownHostException {
        var request = WebAddress.of("http://m%40e:p%3Aw@h/x").request().build();

        assertThat(request.headers().firstValue("Authorization")).contains("Basic bUBlOnA6dw==");
        assertThat(request.uri()).hasToString("http://h/x");
        assertThat(WebAddress.of("http://me:pw@h/x?token=t")).hasToString("http://h/x");
    }

    @Test
    void whatStandsBeneathHasOneSlashBetweenAndKeepsTheQuery() {
        assertThat(WebAddress.of("http://h/c/?key=1").beneath("a b/c").url()).isEqualTo("http://h/c/a%20b%2Fc?key=1");
        assertThat(WebAddress.of("http://h").beneath("v1", "messages:send").url()).isEqualTo("http://h/v1/messages:send");
    }

    @Test
    void aListIsCutBetweenItsUrlsOnly() {
        assertThat(WebAddress.split(" http://a/?x=1,2 ,https://b , ")).containsExactly("http://a/?x=1,2", "https://b");
        assertThat(WebAddress.split("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "ftp://me:secret@h", "http://", "http:///secret", "http://me:secret@a,b/",
        "http://me:secret@h h/", "https://me:secret@tiledesk_server/", "http://me:secret@h:99999", "h?token=secret"})
    void whatIsNoneIsRefusedWithoutItsSecrets(String text) {
        assertThatThrownBy(() -> WebAddress.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ").satisfies(e -> assertThat(
                        e.getMessage().replace("'secret'", "").replace("http:///secret", "")).doesNotContain("secret"));
    }
}
