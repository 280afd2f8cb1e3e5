package chat21.observer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The users, who write to each other and to groups. */
final class Writers {

    private Writers() {
    }

    /** Plans what they write and when. */
    static void write(World world, Random random) {
        Plan plan = world.plan();
        long[] times = random.longs(plan.messages(), 0, plan.lastingMs() * 1_000_000).sorted().toArray();
        for (int number = 0; number < plan.messages(); number++) {
            String sender = "user" + random.nextInt(plan.senders());
            SentMessage message = plan.equal() && random.nextInt(2) == 0
                    ? new SentMessage(number, sender, "peer0", SentMessage.SAME, List.of(), SentMessage.Kind.GOOD)
                    : random.nextInt(3) == 0 ? toGroup(number, sender, random) : toOne(number, sender, random);
            // Those of one sender come through one queue.
            String queue = world.queues().get(Math.floorMod(sender.hashCode(), world.queues().size()));
            world.scheduler().after(times[number], null, () -> world.broker().accept(queue, message));
        }
    }

    /** One that comes after all others. */
    static SentMessage last(int number) {
        return new SentMessage(number, "last" + number, "peer0", "text" + number, List.of(), SentMessage.Kind.GOOD);
    }

    private static SentMessage toOne(int number, String sender, Random random) {
        return message(number, sender, "peer" + random.nextInt(2), List.of(), random);
    }

    private static SentMessage toGroup(int number, String sender, Random random) {
        List<String> members = new ArrayList<>();
        IntStream.range(0, 1 + random.nextInt(9)).forEach(i -> members.add("member" + i));
        members.add(sender);
        return message(number, sender, "group-" + random.nextInt(2), members, random);
    }

    private static SentMessage message(int number, String sender, String recipient, List<String> members, Random random) {
        int chance = random.nextInt(30);
        SentMessage.Kind kind = chance == 0 ? SentMessage.Kind.REFUSED : chance == 1 ? SentMessage.Kind.UNSTORABLE
                : SentMessage.Kind.GOOD;
        String text = (kind == SentMessage.Kind.GOOD ? "text" : kind.name().toLowerCase(Locale.ROOT)) + number;
        return new SentMessage(number, sender, recipient, text, members, kind);
    }
}
