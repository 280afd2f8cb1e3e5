package chat21.observer.protocol;

/** Reads routing keys. Shapes are matched whole: a key that only ends like a known one is refused. */
public final class Topics {

    private Topics() {
    }

    /**
     * Reads one routing key.
     *
     * @throws Refusal if the key has none of the known shapes, or an id in it breaks the rule of {@link Ids}
     */
    public static Topic parse(String routingKey) {
        String[] words = routingKey.split("\\.", -1);
        Kind kind = Kind.of(words);
        if (kind == null) {
            throw new Refusal(Reason.UNKNOWN_TOPIC, "the routing key has none of the known shapes: " + routingKey);
        }
        return kind.read(words);
    }
}
