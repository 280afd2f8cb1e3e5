package chat21.observer.protocol;

import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a text that is too long, well-formed: no half of a surrogate pair, and no letter without its marks or
 * picture without its parts, unless it has as many of these as a whole word has letters.
 */
public final class Excerpt {

    private static final Pattern LETTER = Pattern.compile("\\X");
    private static final int LONGEST_LETTER = 64;

    private Excerpt() {
    }

    /** A text, or its beginning of at most so many UTF-16 characters. */
    public static String of(String text, int maxCharacters) {
        return text.length() <= maxCharacters ? text : text.substring(0, end(text, maxCharacters));
    }

    /**
     * A text, or the longest beginning of it that is not too large.
     *
     * @param size how large a text is, for instance in bytes; a longer text is never smaller
     */
    public static String of(String text, int maxSize, ToIntFunction<String> size) {
        // What takes less than a unit of size a character does not exist, so no more characters need be looked at.
        String longest = of(text, Math.max(0, maxSize));
        if (size.applyAsInt(longest) <= maxSize) {
            return longest;
        }
        int fits = 0;
        int tooLong = longest.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            if (size.applyAsInt(longest.substring(0, wholeCharacters(longest, middle))) <= maxSize) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return of(longest, fits);
    }

    private static int end(String text, int max) {
        int end = 0;
        Matcher letters = LETTER.matcher(text).region(0, Math.min(text.length(), max + LONGEST_LETTER));
        while (letters.find() && letters.end() <= max) {
            end = letters.end();
        }
        return max - end < LONGEST_LETTER ? end : wholeCharacters(text, max);
    }

    private static int wholeCharacters(String text, int end) {
        return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }
}
