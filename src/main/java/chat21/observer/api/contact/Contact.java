package chat21.observer.api.contact;

/**
 * How a user is called.
 *
 * @param fullname  as others read it
 * @param firstname what a short sentence calls it by; never empty
 * @param lastname  may be empty
 */
public record Contact(String fullname, String firstname, String lastname) {

    /** A user of whom nothing but the id is known. */
    public static Contact nameless(String id) {
        return new Contact(id, id, "");
    }

    /** A user as far as its names are known, each of them perhaps empty: one is made of the others. */
    static Contact of(String id, String fullname, String firstname, String lastname) {
        String both = (firstname + " " + lastname).strip();
        String full = !fullname.isEmpty() ? fullname : both.isEmpty() ? id : both;
        return new Contact(full, firstname.isEmpty() ? full : firstname, lastname);
    }
}
