package chat21.observer.protocol;

/**
 * What a routing key on {@code amq.topic} says: who did what to which conversation. The broker has proved that the user
 * named here is who published, so sender, recipient and app are read from here and never from a payload.
 */
public sealed interface Topic {

    /** The app that everything is keyed by. */
    String app();

    /** The kind of message that comes there. */
    Kind kind();

    /** The user who may publish there; null where only back ends may. */
    default String publisher() {
        return null;
    }

    /** {@code apps.A.outgoing.users.S.messages.R.outgoing}: S sends a message to R, a user or a group. */
    record Outgoing(String app, String sender, String recipient) implements Topic {
        @Override
        public String publisher() {
            return sender;
        }

        @Override
        public Kind kind() {
            return Kind.OUTGOING;
        }
    }

    /** {@code apps.A.users.U.messages.P.M.update}: U reports on message M of its conversation with P. */
    record Receipt(String app, String user, String peer, String messageId) implements Topic {
        @Override
        public String publisher() {
            return user;
        }

        @Override
        public Kind kind() {
            return Kind.RECEIPT;
        }
    }

    /** {@code apps.A.users.U.conversations.P.update}: U patches its conversation with P. */
    record ConversationPatch(String app, String user, String peer) implements Topic {
        @Override
        public String publisher() {
            return user;
        }

        @Override
        public Kind kind() {
            return Kind.CONVERSATION_PATCH;
        }
    }

    /** {@code apps.A.users.U.conversations.P.archive}: U archives its conversation with P. */
    record Archive(String app, String user, String peer) implements Topic {
        @Override
        public String publisher() {
            return user;
        }

        @Override
        public Kind kind() {
            return Kind.ARCHIVE;
        }
    }

    /** {@code apps.A.users.U.presence.C}: client C of user U came or went. */
    record Presence(String app, String user, String client) implements Topic {
        @Override
        public String publisher() {
            return user;
        }

        @Override
        public Kind kind() {
            return Kind.PRESENCE;
        }
    }

    /** {@code apps.A.outgoing.users.S.typing.R.typing}: S types a message to R, a user or a group, or has stopped to. */
    record Typing(String app, String sender, String recipient) implements Topic {
        @Override
        public String publisher() {
            return sender;
        }

        @Override
        public Kind kind() {
            return Kind.TYPING;
        }
    }

    /** {@code apps.observer.A.groups.update}: the back end changed a group. */
    record GroupUpdate(String app) implements Topic {
        @Override
        public Kind kind() {
            return Kind.GROUP_UPDATE;
        }
    }

    /** {@code apps.observer.A.users.U.messages.P.delivered}: the back end puts a ready message into U's inbox. */
    record Delivered(String app, String user, String peer) implements Topic {
        @Override
        public Kind kind() {
            return Kind.DELIVERED;
        }
    }

    /** {@code apps.observer.A.users.U.messages.P.persist}: the back end stores a message in U's timeline. */
    record Persist(String app, String user, String peer) implements Topic {
        @Override
        public Kind kind() {
            return Kind.PERSIST;
        }
    }
}
