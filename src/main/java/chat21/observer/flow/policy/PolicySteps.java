package chat21.observer.flow.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import chat21.observer.flow.store.BatchLookUp;
import chat21.observer.message.ChatMessage;
import chat21.observer.message.InboxCopy;
import chat21.observer.message.MessageReader;
import chat21.observer.message.MessageTime;
import chat21.observer.message.Payloads;
import chat21.observer.protocol.Ids;
import chat21.observer.protocol.Reason;
import chat21.observer.protocol.Refusal;

/** The steps of the flow at which policies have their say. */
public final class PolicySteps {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySteps.class);

    private final Policies policies;
    private final MessageReader reader;
    private final Payloads payloads;
    private final BatchLookUp lookUp;

    public PolicySteps(Policies policies, MessageReader reader, Payloads payloads, BatchLookUp lookUp) {
        this.policies = policies;
        this.reader = reader;
        this.payloads = payloads;
        this.lookUp = lookUp;
    }

    /**
     * Asks the policies of {@link Place#ACCEPT} one after the other; what a client sent before is not asked about again.
     *
     * @return the message as they leave it
     * @throws Refusal if one of them refuses or fails
     */
    public ChatMessage accept(ChatMessage message) {
        if (message.isResend()) {
            return message;
        }
        ChatMessage accepted = message;
        for (PolicyConsumer policy : policies.at(Place.ACCEPT)) {
            Question question = question(accepted, message.json(), Map.of(), false);
            if (policy.isBeside()) {
                policy.tell(question);
            } else {
                accepted = applied(accepted, question, policy);
            }
        }
        if (policies.at(Place.DELIVERED).length > 0) {
            ChatMessage delivered = accepted;
            message.delivery().decision().afterwards(() -> delivered(delivered));
        }
        return accepted;
    }

    /**
     * Asks the policies of {@link Place#COPY}.
     *
     * @return the copy as they leave it, dropped or not
     * @throws Refusal if one of them refuses or fails: that refuses the message as a whole
     */
    public InboxCopy copy(InboxCopy copy) {
        InboxCopy left = copy;
        for (PolicyConsumer policy : policies.at(Place.COPY)) {
            if (left.dropped() || left.message().delivery().decision().refusal() != null) {
                return left;
            }
            ChatMessage message = left.message();
            Question question = question(message, payloads.readStored(new String(left.body(),
                    java.nio.charset.StandardCharsets.UTF_8)), Map.of("owner", left.owner(), "conversation", left.peer(),
                            "status", left.status()), left.owner().equals(left.peer()));
            if (policy.isBeside()) {
                policy.tell(question);
            } else {
                left = applied(left, question, policy);
            }
        }
        return left;
    }

    private ChatMessage applied(ChatMessage message, Question question, PolicyConsumer policy) {
        Verdict verdict = policy.ask(question);
        refuseIfAsked(verdict, policy);
        ChatMessage accepted = message;
        if (verdict.redirectTo() != null && !verdict.redirectTo().equals(message.recipient())) {
            accepted = message.redirectedTo(Ids.check("redirectTo", verdict.redirectTo()));
            lookUp.alsoLookUp(accepted.delivery(), accepted.recipient());
            MessageTime.setAnew(accepted);
        }
        if (!verdict.json().equals(question.json()) || accepted != message) {
            reader.revise(accepted, payloads.fromMap(verdict.json()));
        }
        return accepted;
    }

    private InboxCopy applied(InboxCopy copy, Question question, PolicyConsumer policy) {
        Verdict verdict = policy.ask(question);
        refuseIfAsked(verdict, policy);
        if (verdict.drop()) {
            return copy.asDropped();
        }
        return verdict.json().equals(question.json()) ? copy
                : copy.changed(reader.revised(copy.message(), payloads.fromMap(verdict.json())));
    }

    private static void refuseIfAsked(Verdict verdict, PolicyConsumer policy) {
        if (verdict.refuse() != null) {
            throw new Refusal(Reason.REFUSED_BY_POLICY, "policy " + policy.getRouteId() + ": " + verdict.refuse());
        }
    }

    // The message is acknowledged: nothing that fails here concerns it.
    private void delivered(ChatMessage message) {
        List<InboxCopy> copies = message.delivery().decision().allCopies();
        List<String> owners = copies.stream().map(InboxCopy::owner).distinct().toList();
        boolean isGroup = copies.stream().anyMatch(InboxCopy::isGroupsOwn);
        for (PolicyConsumer policy : policies.at(Place.DELIVERED)) {
            try {
                Question question = question(message, message.json(), Map.of("deliveredTo", owners), isGroup);
                if (policy.isBeside()) {
                    policy.tell(question);
                } else {
                    policy.ask(question);
                }
            } catch (RuntimeException e) {
                LOG.debug("The policy {} failed after delivery, as it has said", policy.getRouteId(), e);
            }
        }
    }

    private Question question(ChatMessage message, ObjectNode json, Map<String, Object> more, boolean isGroup) {
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("app", message.app());
        variables.put("sender", message.sender());
        variables.put("recipient", message.recipient());
        variables.put("messageId", message.messageId());
        variables.put("isGroup", isGroup);
        variables.put("automatic", Answers.isAutomatic(message));
        return new Question(payloads.toMap(json), variables, new Question.About(message.app(), message.sender(),
                message.recipient(), message.messageId(), isGroup, Answers.isAutomatic(message), new AtomicInteger()),
                message.delivery().body().length);
    }
}
