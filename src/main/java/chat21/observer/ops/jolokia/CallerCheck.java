package chat21.observer.ops.jolokia;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import chat21.observer.http.LocalMachine;

/**
 * Lets in who knows the token, as {@code Authorization: Bearer TOKEN} or as the password of Basic authentication, which
 * is what consoles ask for. Where there is no token only this machine can call; a page of another site whose name was
 * made to point here is told by that name.
 */
final class CallerCheck {

    private final byte[] token;

    CallerCheck(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    boolean needsToken() {
        return token.length > 0;
    }

    /** Whether a request with these headers, each of which may be missing, is let in. */
    boolean letsIn(String host, String authorization) {
        return needsToken() ? authorization != null && MessageDigest.isEqual(token, credential(authorization))
                : LocalMachine.isName(host);
    }

    private static byte[] credential(String authorization) {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip().getBytes(StandardCharsets.UTF_8);
        }
        if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String decoded = new String(Base64.getDecoder().decode(authorization.substring(6).strip()),
                        StandardCharsets.UTF_8);
                return decoded.substring(decoded.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
        return new byte[0];
    }
}
