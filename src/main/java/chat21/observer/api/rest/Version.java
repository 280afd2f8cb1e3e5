package chat21.observer.api.rest;

/** The version of this application, as its jar says. */
final class Version {

    static final String NAME = name(Version.class.getPackage().getImplementationVersion());

    private Version() {
    }

    private static String name(String version) {
        return version == null ? "development" : version;
    }
}
