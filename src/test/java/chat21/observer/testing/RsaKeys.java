package chat21.observer.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** Pairs of RSA keys, made once for all tests of this JVM: to find the primes takes it a second. */
public final class RsaKeys {

    /** That of whoever may sign. */
    public static final KeyPair RIGHT = make();
    /** That of somebody else. */
    public static final KeyPair STRANGE = make();

    private RsaKeys() {
    }

    private static KeyPair make() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
