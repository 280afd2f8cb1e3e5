package chat21.observer.contact;

/**
 * How a user is called.
 *
 * @param fullname  as others read it
 * @param firstname may be empty
 * @param lastname  may be empty
 */
public record Contact(String fullname, String firstname, String lastname) {

    /** A user of whom nothing but the id is known. */
    public static Contact nameless(String id) {
        return new Contact(id, "", "");
    }
}
