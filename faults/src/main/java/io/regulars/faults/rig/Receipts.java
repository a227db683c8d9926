package io.regulars.faults.rig;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.regulars.embedded.Mail;
import io.regulars.embedded.Sms;

/// The keys of what was received before the sandboxes were cleared. The SMS gateway tells a repetition by itself; of
/// e-mail a second one is a violation whenever it comes.
public final class Receipts {

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    void keep(List<Mail> mails, List<Sms> sms) {
        mails.forEach(mail -> keys.add(key(mail)));
        sms.forEach(one -> keys.add(one.idempotencyKey()));
    }

    public Set<String> keys() {
        return Set.copyOf(keys);
    }

    /// The message's name for ever: the local part of its Message-ID, up to the dot that a signed name follows.
    public static String key(Mail mail) {
        return mail.header("message-id").replaceFirst("^<([^@.]*)[@.].*$", "$1");
    }
}
